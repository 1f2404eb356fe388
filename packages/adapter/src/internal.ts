// For the drop-in packages: no promise of stability.
export { ActivityRoad } from './activity-road.ts'
export type { ActivityRoadOptions, BeginTurn, RoadAuthenticator, RoadTurn } from './activity-road.ts'
export { fromNodeRequest, limitRest, writeNodeAnswer } from './hosts/node-messages.ts'
export type { NodeRequest, NodeResponse } from './hosts/node-messages.ts'
export { DONE, jsonAnswer } from './http/answers.ts'
export type { Answer, InboundBody, InboundRequest } from './http/inbound-request.ts'
