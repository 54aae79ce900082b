import {
  Badge,
  Code,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  ScrollArea,
  Table,
  Tooltip,
} from '@mantine/core'

/** The brand's own blue-violet, dark enough at 7 for white text on it (7.9:1). */
const violet: MantineColorsTuple = [
  '#eef0ff',
  '#dfe3ff',
  '#bfc6fd',
  '#9ba5fa',
  '#7b86f5',
  '#636bee',
  '#534fe3',
  '#4338ca',
  '#372fa6',
  '#29237d',
]

/** Slate greys for the dark scheme: the ground (7) is a little below the cards (6). */
const dark: MantineColorsTuple = [
  '#dfe3ea',
  '#c3c9d4',
  '#a3abba',
  '#7b8495',
  '#4a5262',
  '#353c49',
  '#222731',
  '#171a21',
  '#12151a',
  '#0d0f13',
]

const TINTED = ['red', 'green', 'blue', 'gray', 'teal', 'yellow', 'orange', 'violet']

/** Every pair of text and ground it makes meets WCAG 2.2 AA in both schemes; an axe run over each page guards that. */
export const theme = createTheme({
  primaryColor: 'violet',
  primaryShade: { light: 7, dark: 6 },
  colors: { violet, dark },
  defaultRadius: 'md',
  autoContrast: true,
  luminanceThreshold: 0.22,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  headings: { fontWeight: '650', textWrap: 'balance' },
  components: {
    Badge: Badge.extend({
      defaultProps: { variant: 'light', radius: 'sm' },
      styles: { label: { textTransform: 'none' } },
    }),
    // What scrolls has to be reachable by keyboard.
    Code: Code.extend({ defaultProps: { tabIndex: 0 } }),
    ScrollArea: ScrollArea.extend({ defaultProps: { viewportProps: { tabIndex: 0 } } }),
    TableScrollContainer: Table.ScrollContainer.extend({
      defaultProps: { scrollAreaProps: { viewportProps: { tabIndex: 0 } } },
    }),
    Tooltip: Tooltip.extend({ defaultProps: { withArrow: true, events: { hover: true, focus: true, touch: true } } }),
  },
})

/** Mantine's own "dimmed" and its tinted badges miss 4.5:1; these do not. */
export const cssVariables: CSSVariablesResolver = (base) => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': base.colors.gray[7],
    ...tintedText((colour) => `var(--mantine-color-${colour}-9)`),
    '--mantine-color-green-light-color': '#1b5e20',
    '--mantine-color-teal-light-color': '#075c48',
    '--mantine-color-yellow-light-color': '#7a4a00',
    '--mantine-color-orange-light-color': '#8a3200',
    '--mantine-color-red-light-color': '#a51111',
    '--mantine-color-error': '#b91c1c',
    '--ground': '#f4f5fa',
    '--card': '#ffffff',
    '--line': '#e1e4ec',
    '--mark': '#4338ca',
    '--mark-tint': '#eef0ff',
    '--note': '#fff8e1',
    '--note-line': '#e8cf85',
    '--community': '#4f46e5',
    '--staff': '#0f766e',
    '--nobody': '#c3c8d4',
  },
  dark: {
    '--mantine-color-body': base.colors.dark[7],
    '--mantine-color-dimmed': base.colors.dark[2],
    ...tintedText((colour) => `var(--mantine-color-${colour}-2)`),
    '--mantine-color-anchor': base.colors.violet?.[3] ?? '#9ba5fa',
    '--mantine-color-error': '#ff9d9d',
    '--mantine-color-gray-light': '#2b313d',
    '--mantine-color-violet-light': '#2c2e5e',
    '--ground': '#12151a',
    '--card': '#1a1e26',
    '--line': '#2d3340',
    '--mark': '#9ba5fa',
    '--mark-tint': '#24264a',
    '--note': '#2b2613',
    '--note-line': '#6b5a1d',
    '--community': '#818cf8',
    '--staff': '#2dd4bf',
    '--nobody': '#4a5262',
  },
})

function tintedText(value: (colour: string) => string): Record<string, string> {
  return Object.fromEntries(TINTED.map((colour) => [`--mantine-color-${colour}-light-color`, value(colour)]))
}
