/**
 * Who a request is from when users are multiplied. {@link io.tierdrill.load.identity.NewUser} is the door: it makes a
 * request of a recorded user one of somebody else who does the same, wherever the identity stands.
 * {@link io.tierdrill.load.identity.ClientAddress} says what such a client's address is on the wire.
 */
package io.tierdrill.load.identity;
