/** Strokes on a 24-unit square, drawn for this product: one icon package would weigh more than all our pages. */
const PATHS = {
  feed: 'M4 6h16v9h-9l-4 4v-4H4z M8 10.5h8',
  replies: 'M9 6l-5 5 5 5 M4 11h9a7 7 0 0 1 7 7',
  board: 'M7 4h10v5a5 5 0 0 1-10 0z M7 6H4a4 4 0 0 0 3.4 4.5 M17 6h3a4 4 0 0 1-3.4 4.5 M12 14v4 M8 20h8',
  inbox: 'M4 13l3-8h10l3 8v6H4z M4 13h5a3 3 0 0 0 6 0h5',
  rules: 'M4 7h9 M17 7h3 M4 17h3 M11 17h9 M15 5v4 M9 15v4',
  sources: 'M5 12a7 7 0 0 1 7 7 M5 6a13 13 0 0 1 13 13 M6 18.5h.01',
  report: 'M4 20h16 M7 20v-7 M12 20V5 M17 20v-10',
  sun: 'M12 8a4 4 0 1 1 0 8a4 4 0 0 1 0-8z M12 3v1.5 M12 19.5V21 M3 12h1.5 M19.5 12H21 M5.6 5.6l1 1 M17.4 17.4l1 1 M5.6 18.4l1-1 M17.4 6.6l1-1',
  moon: 'M19 14.5A8 8 0 1 1 9.5 5a6.5 6.5 0 0 0 9.5 9.5z',
  screen: 'M4 5h16v11H4z M9 20h6 M12 16v4',
  clock: 'M12 4a8 8 0 1 1 0 16a8 8 0 0 1 0-16z M12 8v4l3 2',
  warning: 'M12 4l9 16H3z M12 10v4 M12 17h.01',
  lock: 'M6 11h12v9H6z M9 11V8a3 3 0 0 1 6 0v3',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M6 6l12 12 M18 6L6 18',
  minus: 'M6 12h12',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7a3.5 3.5 0 0 0 0 7z M3 20a6 6 0 0 1 12 0 M16 4.5a3.5 3.5 0 0 1 0 6 M18 14.5a6 6 0 0 1 3 5.5',
  globe: 'M12 4a8 8 0 1 1 0 16a8 8 0 0 1 0-16z M4 12h16 M12 4a12 12 0 0 1 0 16 M12 4a12 12 0 0 0 0 16',
  positive: 'M12 4a8 8 0 1 1 0 16a8 8 0 0 1 0-16z M9 10h.01 M15 10h.01 M8.5 14a4.5 4.5 0 0 0 7 0',
  neutral: 'M12 4a8 8 0 1 1 0 16a8 8 0 0 1 0-16z M9 10h.01 M15 10h.01 M9 15h6',
  negative: 'M12 4a8 8 0 1 1 0 16a8 8 0 0 1 0-16z M9 10h.01 M15 10h.01 M8.5 16a4.5 4.5 0 0 1 7 0',
  question: 'M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4 M12 18h.01',
  problem: 'M13 3L6 13h5l-1 8l8-11h-5z',
  idea: 'M9 17a6 6 0 1 1 6 0v1H9z M10 21h4',
  praise: 'M12 20s-7-4.4-7-9.5A3.8 3.8 0 0 1 12 8a3.8 3.8 0 0 1 7 2.5C19 15.6 12 20 12 20z',
  other: 'M6 12h.01 M12 12h.01 M18 12h.01',
  send: 'M4 12l16-8l-5 16l-3.5-6z M11.5 14L20 4',
  back: 'M15 5l-7 7l7 7',
  next: 'M9 5l7 7l-7 7',
  user: 'M12 12a4 4 0 1 0 0-8a4 4 0 0 0 0 8z M4.5 20a7.5 7.5 0 0 1 15 0',
  leave: 'M13 5H5v14h8 M10 12h10 M17 9l3 3l-3 3',
  pause: 'M9 6v12 M15 6v12',
  play: 'M8 5l11 7l-11 7z',
  outside: 'M13 5h6v6 M19 5l-9 9 M16 14v5H5V8h5',
  hand: 'M8 12V6.5a1.5 1.5 0 0 1 3 0V11 M11 10V5a1.5 1.5 0 0 1 3 0v6 M14 8a1.5 1.5 0 0 1 3 0v6a6 6 0 0 1-6 6c-2.5 0-4-1-5.2-3.2L4 13.5a1.5 1.5 0 0 1 2.6-1.5L8 14',
  down: 'M6 9l6 6l6-6',
  more: 'M5 12h.01 M12 12h.01 M19 12h.01',
  keyboard: 'M3 7h18v10H3z M7 10.5h.01 M11 10.5h.01 M15 10.5h.01 M8 14h8',
  star: 'M12 4l2.5 5.2l5.5.7l-4 4l1 5.6l-5-2.7l-5 2.7l1-5.6l-4-4l5.5-.7z',
  note: 'M5 4h14v11l-5 5H5z M14 20v-5h5 M9 9h6',
  up: 'M12 19V6 M6 11l6-6l6 6',
} as const

export type IconName = keyof typeof PATHS

/** Decoration only: what it means stands in words beside it or in the label of its button. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' || name === 'other' ? 3 : 1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: 'none' }}
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
