package io.tierdrill.recorder.packets.frame;

/** One end of a conversation. */
public record Endpoint(Address address, int port) {

    /** {@code 10.0.0.1:80} or {@code [::1]:80}. */
    @Override
    public String toString() {
        return address.isV4() ? address + ":" + port : "[" + address + "]:" + port;
    }
}
