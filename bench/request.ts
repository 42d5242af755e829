/** A request as services send it: one container overridden, a few tags, about 570 bytes of JSON. */
export const REQUEST = {
  cluster: 'orders-production',
  taskDefinition: 'arn:aws:ecs:eu-central-1:000012345678:task-definition/orders-import:42',
  containerInstances: [
    'arn:aws:ecs:eu-central-1:000012345678:container-instance/orders-production/7f3c2a9be0d14c5f8a6b1d2e3f405162',
  ],
  startedBy: 'nightly-import',
  overrides: {
    containerOverrides: [
      {
        name: 'import',
        command: ['node', 'import.js', '--day', '2026-01-31'],
        environment: [
          { name: 'LOG_LEVEL', value: 'info' },
          { name: 'BATCH', value: '500' },
        ],
      },
    ],
  },
  tags: [
    { key: 'team', value: 'orders' },
    { key: 'run', value: '2026-01-31' },
  ],
  enableECSManagedTags: true,
}
