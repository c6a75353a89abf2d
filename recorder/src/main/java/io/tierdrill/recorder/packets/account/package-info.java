/**
 * What became of every packet and every request. {@link io.tierdrill.recorder.packets.account.Tally} counts while a
 * capture is read; {@link io.tierdrill.recorder.packets.account.PacketAccount} is what it froze to and adds up.
 */
package io.tierdrill.recorder.packets.account;
