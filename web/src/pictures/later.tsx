import { type ComponentProps, lazy, Suspense } from 'react'

const Picker = lazy(() => import('./PicturePicker.tsx').then((file) => ({ default: file.PicturePicker })))
const Strip = lazy(() => import('./PictureStrip.tsx').then((file) => ({ default: file.PictureStrip })))

/** Loaded when the first composer opens: a feed is read before it is answered. */
export const PicturePicker = (props: ComponentProps<typeof Picker>) => (
  <Suspense fallback={null}>
    <Picker {...props} />
  </Suspense>
)

export const PictureStrip = (props: ComponentProps<typeof Strip>) =>
  props.pictures.length > 0 && (
    <Suspense fallback={null}>
      <Strip {...props} />
    </Suspense>
  )
