package io.tierdrill.model.run;

import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.RequestSample;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** {@code requests.avsc}. One per file and thread. */
final class RequestForm extends AvroForm<RequestSample> {
    private static final Outcome[] OUTCOMES = Outcome.values();

    /** Stage names repeat with every request; one copy of each is kept. */
    private final Map<String, String> names = new HashMap<>();

    RequestForm() {
        super("requests.avsc");
    }

    @Override
    public void write(RequestSample s, Encoder out) throws IOException {
        out.writeLong(s.dueNanos());
        out.writeLong(s.sentNanos());
        out.writeLong(s.doneNanos());
        out.writeLong(s.dnsNanos());
        out.writeLong(s.connectNanos());
        out.writeEnum(s.outcome().ordinal());
        out.writeInt(s.status());
        out.writeLong(s.responseBytes());
        writeStages(s.stages(), out);
    }

    @Override
    public RequestSample read(RequestSample reuse, Decoder in) throws IOException {
        return new RequestSample(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                OUTCOMES[in.readEnum()],
                in.readInt(),
                in.readLong(),
                readStages(in));
    }

    private static void writeStages(Map<String, Long> stages, Encoder out) throws IOException {
        out.writeMapStart();
        out.setItemCount(stages.size());
        for (Map.Entry<String, Long> stage : stages.entrySet()) {
            out.startItem();
            out.writeString(stage.getKey());
            out.writeLong(stage.getValue());
        }
        out.writeMapEnd();
    }

    private Map<String, Long> readStages(Decoder in) throws IOException {
        Map<String, Long> stages = new HashMap<>();
        for (long left = in.readMapStart(); left != 0; left = in.mapNext()) {
            for (; left > 0; left--) {
                String name = in.readString();
                stages.put(names.computeIfAbsent(name, same -> same), in.readLong());
            }
        }
        return stages;
    }
}
