// In this order: Mantine's own, then ours, which may overrule it.
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './global.css'
