package io.tierdrill.model.run;

import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.RequestSample;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** {@code requests.avsc}, and files from before a request told how long it was held. One per file and thread. */
final class RequestForm extends AvroForm<RequestSample> {
    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final String HELD = "heldNanos";

    private boolean tellsHeld = true;

    /** Stage names repeat with every request; one copy of each is kept. */
    private final Map<String, String> names = new HashMap<>();

    RequestForm() {
        super("requests.avsc");
    }

    @Override
    boolean reads(Schema written) {
        return super.reads(written) || written.equals(withoutHeld());
    }

    private Schema withoutHeld() {
        Schema own = schema();
        List<Schema.Field> fields = own.getFields().stream()
                .filter(f -> !f.name().equals(HELD))
                .map(f -> new Schema.Field(f, f.schema()))
                .toList();
        return Schema.createRecord(own.getName(), own.getDoc(), own.getNamespace(), false, fields);
    }

    @Override
    public void setSchema(Schema written) {
        tellsHeld = written.getField(HELD) != null;
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
        out.writeLong(s.heldNanos());
    }

    @Override
    public RequestSample read(RequestSample reuse, Decoder in) throws IOException {
        long due = in.readLong();
        long sent = in.readLong();
        long done = in.readLong();
        long dns = in.readLong();
        long connect = in.readLong();
        Outcome outcome = OUTCOMES[in.readEnum()];
        int status = in.readInt();
        long bytes = in.readLong();
        Map<String, Long> stages = readStages(in);
        long held = tellsHeld ? in.readLong() : 0;
        return new RequestSample(due, sent, done, held, dns, connect, outcome, status, bytes, stages);
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
