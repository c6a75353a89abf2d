package io.tierdrill.model.websocket;

/** Who speaks. */
public enum Side {
    CLIENT,
    SERVER
}
