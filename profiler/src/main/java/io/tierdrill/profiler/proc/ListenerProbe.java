package io.tierdrill.profiler.proc;

import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.sample.SignalSample;
import io.tierdrill.model.tier.InstanceId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Who waits at the sockets where instances of one network namespace take their traffic, and what was dropped there. */
final class ListenerProbe implements SignalProbe {
    /** How often the limits are asked for as long as one of them is not known. */
    private static final int ASK_EVERY = 20;

    private final Path net;
    private final Supplier<Map<String, Long>> limits;
    private final Map<InstanceId, InetSocketAddress> traffic = new LinkedHashMap<>();
    private Map<String, Long> known = Map.of();
    private int unknownFor;

    /**
     * @param net a folder like {@code /proc/PID/net}
     * @param limits of listeners, by {@code host:port}
     */
    ListenerProbe(Path net, Supplier<Map<String, Long>> limits) {
        this.net = net;
        this.limits = limits;
    }

    /** From now on looks at the socket of that instance, in place of the one before it. */
    void watch(InstanceId id, InetSocketAddress address) {
        traffic.put(id, address);
        unknownFor = 0;
    }

    @Override
    public void sample(long atNanos, Consumer<? super SignalSample> to) {
        if (traffic.isEmpty()) return;
        Map<String, Long> waiting = waiting();
        Map<String, Long> dropped = dropped();
        if (traffic.values().stream().anyMatch(a -> limit(a).isEmpty()) && unknownFor++ % ASK_EVERY == 0)
            known = limits.get();
        traffic.forEach((id, address) -> {
            Teller teller = new Teller(atNanos, id, to);
            find(waiting, address).ifPresent(n -> teller.tell(Signal.ACCEPT_QUEUE, text(address), n));
            limit(address).ifPresent(n -> teller.tell(Signal.ACCEPT_LIMIT, text(address), n));
            find(dropped, address).ifPresent(n -> teller.tell(Signal.SOCKET_DROPS, text(address), n));
        });
    }

    private static Optional<Long> find(Map<String, Long> rows, InetSocketAddress address) {
        return SocketRows.keys(address).stream()
                .filter(rows::containsKey)
                .map(rows::get)
                .findFirst();
    }

    private Optional<Long> limit(InetSocketAddress address) {
        return Stream.of(address.getAddress().getHostAddress(), "0.0.0.0", "*", "::")
                .map(host -> known.get(host + ":" + address.getPort()))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private Map<String, Long> waiting() {
        Map<String, Long> waiting = new HashMap<>();
        for (String name : new String[] {"tcp", "tcp6"}) {
            try {
                waiting.putAll(SocketRows.listeners(net.resolve(name)));
            } catch (IOException notSaid) {
                // A kernel without IPv6, or the process is gone.
            }
        }
        return waiting;
    }

    private Map<String, Long> dropped() {
        Map<String, Long> dropped = new HashMap<>();
        for (String name : new String[] {"udp", "udp6"}) {
            try {
                dropped.putAll(SocketRows.dropped(Files.readString(net.resolve(name))));
            } catch (IOException notSaid) {
                // As above.
            }
        }
        return dropped;
    }

    @Override
    public void close() {}
}
