package io.tierdrill.model.run;

import io.tierdrill.model.sample.HostSample;
import io.tierdrill.model.sample.ProcessSample;
import io.tierdrill.model.sample.ResourceKind;
import io.tierdrill.model.sample.ResourceSample;
import io.tierdrill.model.sample.Sample;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.sample.SignalSample;
import io.tierdrill.model.sample.TierSample;
import io.tierdrill.model.tier.InstanceId;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** {@code samples.avsc}: the branches of the union in the order of the schema. */
final class SampleForm extends AvroForm<Sample> {
    private static final int TIER = 0;
    private static final int RESOURCE = 1;
    private static final int PROCESS = 2;
    private static final int HOST = 3;
    private static final int SIGNAL = 4;
    private static final ResourceKind[] KINDS = ResourceKind.values();
    private static final Signal[] SIGNALS = Signal.values();

    SampleForm() {
        // What came later stands behind what was there before, so that files of then decode alike.
        super("samples.avsc", "samples-1.avsc");
    }

    @Override
    public void write(Sample sample, Encoder out) throws IOException {
        if (sample instanceof TierSample tier) write(tier, out);
        else if (sample instanceof ResourceSample resource) write(resource, out);
        else if (sample instanceof ProcessSample process) write(process, out);
        else if (sample instanceof SignalSample signal) write(signal, out);
        else write((HostSample) sample, out);
    }

    @Override
    public Sample read(Sample reuse, Decoder in) throws IOException {
        int branch = in.readIndex();
        return switch (branch) {
            case TIER -> readTier(in);
            case RESOURCE -> readResource(in);
            case PROCESS -> readProcess(in);
            case HOST -> readHost(in);
            case SIGNAL -> readSignal(in);
            default -> throw new IOException("no sample of kind " + branch);
        };
    }

    private static void write(TierSample s, Encoder out) throws IOException {
        head(TIER, s.atNanos(), s.instance(), out);
        out.writeLong(s.arrivals());
        out.writeLong(s.completions());
        out.writeLong(s.errors());
        out.writeLong(s.inFlight());
        out.writeLong(s.queued());
        out.writeDouble(s.residenceSeconds());
        out.writeDouble(s.queueSeconds());
        out.writeDouble(s.downstreamSeconds());
    }

    private static TierSample readTier(Decoder in) throws IOException {
        return new TierSample(
                in.readLong(),
                readInstance(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble());
    }

    private static void write(ResourceSample s, Encoder out) throws IOException {
        head(RESOURCE, s.atNanos(), s.instance(), out);
        out.writeString(s.resource());
        out.writeEnum(s.kind().ordinal());
        out.writeDouble(s.capacity());
        out.writeDouble(s.used());
        out.writeDouble(s.waiters());
        out.writeLong(s.drops());
        out.writeString(s.setting());
    }

    private static ResourceSample readResource(Decoder in) throws IOException {
        return new ResourceSample(
                in.readLong(),
                readInstance(in),
                in.readString().intern(),
                KINDS[in.readEnum()],
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readLong(),
                in.readString().intern());
    }

    private static void write(ProcessSample s, Encoder out) throws IOException {
        head(PROCESS, s.atNanos(), s.instance(), out);
        out.writeDouble(s.cpuSeconds());
        out.writeDouble(s.busiestThreadCpuSeconds());
        out.writeDouble(s.runDelaySeconds());
        out.writeLong(s.rssBytes());
        out.writeInt(s.threads());
        out.writeInt(s.descriptors());
        out.writeInt(s.descriptorLimit());
    }

    private static ProcessSample readProcess(Decoder in) throws IOException {
        return new ProcessSample(
                in.readLong(),
                readInstance(in),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readLong(),
                in.readInt(),
                in.readInt(),
                in.readInt());
    }

    private static void write(HostSample s, Encoder out) throws IOException {
        out.writeIndex(HOST);
        out.writeLong(s.atNanos());
        out.writeInt(s.cores());
        out.writeDouble(s.busySeconds());
        out.writeDouble(s.stealSeconds());
        out.writeDouble(s.cpuPressureSeconds());
        out.writeLong(s.listenOverflows());
        out.writeLong(s.listenDrops());
        out.writeLong(s.retransmits());
        out.writeLong(s.udpReceiveErrors());
    }

    private static HostSample readHost(Decoder in) throws IOException {
        return new HostSample(
                in.readLong(),
                in.readInt(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }

    private static void write(SignalSample s, Encoder out) throws IOException {
        head(SIGNAL, s.atNanos(), s.instance(), out);
        out.writeEnum(s.signal().ordinal());
        out.writeString(s.of());
        out.writeDouble(s.value());
    }

    private static SignalSample readSignal(Decoder in) throws IOException {
        return new SignalSample(
                in.readLong(),
                readInstance(in),
                SIGNALS[in.readEnum()],
                in.readString().intern(),
                in.readDouble());
    }

    private static void head(int branch, long atNanos, InstanceId instance, Encoder out) throws IOException {
        out.writeIndex(branch);
        out.writeLong(atNanos);
        out.writeString(instance.tier());
        out.writeInt(instance.number());
    }

    private static InstanceId readInstance(Decoder in) throws IOException {
        return new InstanceId(in.readString().intern(), in.readInt());
    }
}
