/** The configuration of a project: found, parsed and applied. */
export {
  CONFIG_FILE,
  findConfigFile,
  loadConfig,
  type LoadConfigOptions,
  type LoadedConfig,
} from './config-file.ts'
export {
  applySeverity,
  type Config,
  EMPTY_CONFIG,
  FILE_RULES,
  KNOWN_RULES,
  parseConfig,
  type ProviderDeparture,
  type SeverityOverride,
} from './config.ts'
