package io.tierdrill.profiler.proc;

import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.sample.SignalSample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** What the kernel counts for the whole machine, or keeps in one table for all: packets, connections, memory. */
final class KernelProbe implements SignalProbe {
    private static final int ENOUGH = 64 << 10;
    private static final double MEGABIT_BYTES = 1e6 / 8;

    private final Path proc;
    private final Path sys;

    KernelProbe(Path proc, Path sys) {
        this.proc = proc;
        this.sys = sys;
    }

    @Override
    public void sample(long atNanos, Consumer<? super SignalSample> to) {
        Teller teller = new Teller(atNanos, SignalSample.MACHINE, to);
        text(proc.resolve("net/softnet_stat")).ifPresent(text -> {
            teller.tell(Signal.PACKETS, "", column(text, 0));
            teller.tell(Signal.PACKETS_DROPPED, "", column(text, 1));
        });
        Path filter = proc.resolve("sys/net/netfilter");
        number(filter.resolve("nf_conntrack_count")).ifPresent(n -> teller.tell(Signal.CONNTRACK_USED, "", n));
        number(filter.resolve("nf_conntrack_max")).ifPresent(n -> teller.tell(Signal.CONNTRACK_LIMIT, "", n));
        text(proc.resolve("pressure/memory"))
                .ifPresent(t -> teller.tell(Signal.MEMORY_PRESSURE_SECONDS, "", Pressure.someMicros(t) / 1e6));
        text(proc.resolve("net/dev"))
                .ifPresent(dev -> Links.parse(dev)
                        .forEach(link ->
                                speed(link.name()).ifPresent(n -> teller.tell(Signal.LINK_SPEED, link.name(), n))));
    }

    /** Of all processors together; the columns are hexadecimal. */
    static long column(String softnet, int column) {
        return softnet.lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > column)
                .mapToLong(fields -> Long.parseLong(fields[column], 16))
                .sum();
    }

    /** Bytes a second; virtual interfaces have no speed and say -1, or fail. */
    private Optional<Double> speed(String link) {
        OptionalLong megabits = number(sys.resolve("class/net/" + link + "/speed"));
        return megabits.isPresent() && megabits.getAsLong() > 0
                ? Optional.of(megabits.getAsLong() * MEGABIT_BYTES)
                : Optional.empty();
    }

    private static OptionalLong number(Path file) {
        Optional<String> text = text(file);
        return text.isEmpty() || text.get().isBlank()
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(text.get().strip()));
    }

    /** In one read: settings of the kernel have nothing to say to a second one. */
    private static Optional<String> text(Path file) {
        byte[] bytes = new byte[ENOUGH];
        try (InputStream in = Files.newInputStream(file)) {
            int length = in.read(bytes);
            return length <= 0
                    ? Optional.empty()
                    : Optional.of(new String(bytes, 0, length, StandardCharsets.US_ASCII));
        } catch (IOException notOffered) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {}
}
