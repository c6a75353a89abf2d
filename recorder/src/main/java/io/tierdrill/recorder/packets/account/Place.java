package io.tierdrill.recorder.packets.account;

/**
 * A packet of a capture.
 *
 * @param file as the user named it
 * @param packet its number, from 1, as Wireshark shows it
 */
public record Place(String file, long packet) {
    @Override
    public String toString() {
        return file + ", packet " + packet;
    }
}
