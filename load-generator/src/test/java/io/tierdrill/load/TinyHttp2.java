package io.tierdrill.load;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** HTTP/2 by hand, in the clear: answers the requests it gets as it is told, one after another; a thread per connection. */
final class TinyHttp2 implements AutoCloseable {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int REFUSED_STREAM = 7;
    private static final int INTERNAL_ERROR = 2;

    private final ServerSocket listener;
    private final List<Socket> open = new ArrayList<>();
    private final String[] behaviours;
    private int next;

    /** @param behaviours of its requests, in the order they come: ok, refused, reset, goaway, short, long, broken, gone */
    TinyHttp2(String... behaviours) throws IOException {
        this.behaviours = behaviours;
        listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 100);
        start(() -> {
            while (true) {
                Socket socket = listener.accept();
                synchronized (this) {
                    open.add(socket);
                }
                start(() -> serve(socket));
            }
        });
    }

    Target target() {
        return new Target("127.0.0.1", listener.getLocalPort(), Optional.empty());
    }

    private void serve(Socket socket) throws IOException {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            in.readFully(new byte[24]);
            frame(out, SETTINGS, 0, 0, new byte[0]);
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                in.readFully(new byte[length]);
                if (type == SETTINGS && (flags & 1) == 0) frame(out, SETTINGS, 1, 0, new byte[0]);
                if (type == HEADERS && !answer(out, stream, behaviour())) return;
            }
        }
    }

    private synchronized String behaviour() {
        return behaviours[next++];
    }

    private static boolean answer(DataOutputStream out, int stream, String behaviour) throws IOException {
        switch (behaviour) {
            case "ok" -> frame(out, HEADERS, END_HEADERS | END_STREAM, stream, new byte[] {(byte) 0x88});
            case "refused" -> frame(out, RESET, 0, stream, number(REFUSED_STREAM));
            case "reset" -> frame(out, RESET, 0, stream, number(INTERNAL_ERROR));
            case "goaway" -> frame(out, GOAWAY, 0, 0, new byte[] {0, 0, 0, (byte) (stream - 2), 0, 0, 0, 0});
            case "short" -> body(out, stream, "9");
            case "long" -> body(out, stream, "1");
            case "broken" -> frame(out, SETTINGS, 0, stream, new byte[0]);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Four bytes, whatever was announced. */
    private static void body(DataOutputStream out, int stream, String announced) throws IOException {
        byte[] head = {(byte) 0x88, 0x0f, 0x0d, 1, (byte) announced.charAt(0)};
        frame(out, HEADERS, END_HEADERS, stream, head);
        frame(out, DATA, END_STREAM, stream, "four".getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] number(int value) {
        return new byte[] {0, 0, 0, (byte) value};
    }

    private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] payload)
            throws IOException {
        out.writeByte(0);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
        out.flush();
    }

    private interface Service {
        void run() throws IOException;
    }

    private static void start(Service service) {
        Thread thread = new Thread(() -> {
            try {
                service.run();
            } catch (IOException over) {
                // The connection or the test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void close() throws IOException {
        listener.close();
        for (Socket socket : open) socket.close();
    }
}
