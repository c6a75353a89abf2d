import io.tierdrill.model.run.Injection;
import io.tierdrill.model.run.RequestSampleReader;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.sample.RequestSample;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Of {@code bench/pacing}: when requests left by the capture, beside when they were due. */
public final class Pacing {
    private static final int HEAD = 24;
    private static final int RECORD = 16;

    private Pacing() {}

    public static void main(String[] args) throws Exception {
        List<RequestSample> samples = new ArrayList<>();
        try (var reader = RequestSampleReader.open(Path.of(args[2]))) {
            while (reader.hasNext()) samples.add(reader.next());
        }
        long[] due = samples.stream().mapToLong(RequestSample::dueNanos).sorted().toArray();
        long[] left = times(Path.of(args[3]));
        Injection own = RunFiles.read(Path.of(args[4]), Injection.class);
        if (left.length != due.length)
            throw new IllegalStateException(left.length + " requests captured of " + due.length);
        long[] own1 = samples.stream().mapToLong(RequestSample::latenessNanos).sorted().toArray();
        long[] raw = new long[due.length];
        for (int i = 0; i < raw.length; i++) raw[i] = left[i] - due[i];
        long[] sorted = raw.clone();
        Arrays.sort(sorted);
        long zero = sorted[sorted.length / 100] - own1[own1.length / 100];
        int first = 0;
        while (due[first] < 0) first++; // Warm-up is sent and not measured.
        long[] errors = new long[due.length - first];
        for (int i = 0; i < errors.length; i++) errors[i] = Math.abs(raw[first + i] - zero);
        Arrays.sort(errors);
        double span = due[due.length - 1] - due[first];
        System.out.printf(
                Locale.ROOT,
                "%-8s %-5s %,9d   p50 %6.1f  p90 %6.1f  p99 %7.1f  p99.9 %8.1f  max %8.1f   %9.1f   %.5f  %4.0f %%  %s%n",
                args[0],
                args[1],
                errors.length,
                at(errors, 0.5),
                at(errors, 0.9),
                at(errors, 0.99),
                at(errors, 0.999),
                at(errors, 1),
                own.lateness().p99Micros() == null ? Double.NaN : own.lateness().p99Micros(),
                (left[left.length - 1] - left[first]) / span,
                100 * own.generator().cpuSeconds() / own.plannedSeconds(),
                own.transport());
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e3;
    }

    /** Times of all packets, in the order they were captured, in nanoseconds (pcap with nanoseconds, this byte order). */
    private static long[] times(Path capture) throws Exception {
        try (FileChannel file = FileChannel.open(capture)) {
            ByteBuffer in = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size()).order(ByteOrder.nativeOrder());
            if (in.getInt(0) != 0xa1b23c4d) throw new IllegalStateException("not a capture with nanoseconds");
            long[] times = new long[(int) ((in.limit() - HEAD) / RECORD)];
            int count = 0;
            for (int at = HEAD; at + RECORD <= in.limit(); at += RECORD + in.getInt(at + 8))
                times[count++] = Integer.toUnsignedLong(in.getInt(at)) * 1_000_000_000 + in.getInt(at + 4);
            return Arrays.copyOf(times, count);
        }
    }
}
