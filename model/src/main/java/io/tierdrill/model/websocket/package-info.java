/**
 * What passes on a WebSocket (RFC 6455), as its bytes tell and without keeping any of them:
 * {@link io.tierdrill.model.websocket.FrameReader} is the door. For whoever carries or captures such bytes.
 */
package io.tierdrill.model.websocket;
