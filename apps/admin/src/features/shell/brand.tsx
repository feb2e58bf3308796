import { Badge, Group, Text } from '@mantine/core'
import classes from './brand.module.css'

export function Brand() {
  return (
    <Group gap="xs" wrap="nowrap">
      <Text component="span" fw={650} size="lg" className={classes.brand}>
        <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true" className={classes.mark}>
          <path d="M3 17.5 19 8M5.5 16V12M10 13.3V9.3M14.5 10.7V6.7M3 13.5 17 5.2" />
        </svg>
        Gangway
      </Text>
      <Badge variant="default" size="sm" tt="none" fw={500}>
        Staff
      </Badge>
    </Group>
  )
}
