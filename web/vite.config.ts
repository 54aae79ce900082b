import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compress } from './compress.ts'

const api = { target: 'http://127.0.0.1:4600', changeOrigin: false }

export default defineConfig({
  plugins: [react(), compress()],
  // Contracts and words of the domain lie beside `web/`.
  server: { host: '127.0.0.1', proxy: { '/api': api }, fs: { allow: ['..'] } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Who imports what: the size of a page's first load is tested by it.
    manifest: true,
    target: 'es2022',
    // Below these the bundler rewrites `light-dark()` into something that knows nothing of our theme switch.
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    // The content security policy allows our own files and nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The frame (React, Mantine, queries) in one file is fetched once and then cached for ever; charts come apart.
    chunkSizeWarningLimit: 700,
  },
})
