/** Behind the upgrade to a WebSocket: {@link io.tierdrill.recorder.packets.websocket.WebSocketConversation}. */
package io.tierdrill.recorder.packets.websocket;
