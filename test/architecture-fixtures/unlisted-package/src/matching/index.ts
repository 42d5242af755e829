import isEqual from 'lodash/isEqual.js'

export const same = isEqual
