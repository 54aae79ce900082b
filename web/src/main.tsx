import './ui/styles.ts'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { queryClient } from './api/query-client.ts'
import { cssVariables, theme } from './ui/theme.ts'
import { fetchTexts } from './words/texts.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

const pages = createRoot(root)
void fetchTexts().then(() =>
  pages.render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <QueryClientProvider client={queryClient}>
          <Notifications position="top-center" limit={3} zIndex={1000} />
          <App />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  ),
)
