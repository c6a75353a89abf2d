package io.tierdrill.targets;

import io.tierdrill.model.tier.TierKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Who listens on which address of this machine. Linux takes all of 127/8 as its own, so that every instance has an
 * address as it would in production; elsewhere all share 127.0.0.1 and differ by port.
 *
 * @param wide whether more than 127.0.0.1 can be listened on
 */
record Loopback(boolean wide) {
    private static final int TRIES = 50;

    /** Looks what this machine allows. */
    static Loopback probe() {
        return new Loopback(isFree(new InetSocketAddress(address(127, 0, 2, 1), 0)));
    }

    InetAddress of(TierKind tier, int number) {
        return wide ? address(127, 0, network(tier), number) : address(127, 0, 0, 1);
    }

    /** Where none of the addresses has a listener now: DNS answers with addresses, so its targets must share a port. */
    static int sharedPort(List<InetAddress> hosts) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            List<ServerSocket> held = new ArrayList<>();
            try {
                int port = 0;
                for (InetAddress host : hosts) {
                    held.add(listen(new InetSocketAddress(host, port)));
                    port = held.get(0).getLocalPort();
                }
                return port;
            } catch (IOException taken) {
                if (i == TRIES - 1) throw taken;
            } finally {
                for (ServerSocket socket : held) socket.close();
            }
        }
        throw new IllegalStateException("unreachable");
    }

    private static boolean isFree(InetSocketAddress address) {
        try (ServerSocket socket = listen(address)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static ServerSocket listen(InetSocketAddress address) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.bind(address);
            return socket;
        } catch (IOException taken) {
            socket.close();
            throw taken;
        }
    }

    private static int network(TierKind tier) {
        return switch (tier) {
            case L3 -> 1;
            case L4 -> 2;
            case L7 -> 3;
            case SERVICE -> 4;
            case DNS -> 5;
        };
    }

    private static InetAddress address(int a, int b, int c, int d) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d});
        } catch (UnknownHostException neverForFourBytes) {
            throw new IllegalStateException(neverForFourBytes);
        }
    }
}
