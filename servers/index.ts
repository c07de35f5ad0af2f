/** Every server the matrix runs against. To add one: a folder beside this file, and a line here. */
import type { ServerBackend } from '../harness/model/server.ts'
import { iisModels } from './iis-model/index.ts'
import { nginx } from './nginx/index.ts'
import { nodeHttps } from './node-https/index.ts'

export const servers: readonly ServerBackend[] = [...iisModels, nodeHttps, nginx]
