package io.tierdrill.model.trace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes records in the order of {@code request.avsc}, by hand: no reflection, no generated classes. One thread. */
final class RecordEncoder {
    private final BinaryEncoder out;

    RecordEncoder(ByteArrayOutputStream bytes) {
        this.out = EncoderFactory.get().binaryEncoder(bytes, null);
    }

    void write(RequestRecord record) throws IOException {
        out.writeLong(record.offsetNanos());
        out.writeString(record.client());
        out.writeString(record.connection());
        out.writeString(record.user());
        out.writeString(record.scheme());
        out.writeString(record.method());
        out.writeString(record.authority());
        out.writeString(record.path());
        headers(record);
        body(record.body());
        response(record.response());
        out.flush();
    }

    private void headers(RequestRecord record) throws IOException {
        out.writeArrayStart();
        out.setItemCount(record.headers().size());
        for (RequestRecord.Header header : record.headers()) {
            out.startItem();
            out.writeString(header.name());
            out.writeString(header.value());
        }
        out.writeArrayEnd();
    }

    private void body(RequestRecord.Body body) throws IOException {
        out.writeBytes(body.bytes());
        out.writeLong(body.size());
        out.writeString(body.sha256());
    }

    private void response(Optional<RequestRecord.Response> response) throws IOException {
        out.writeIndex(response.isPresent() ? 1 : 0);
        if (response.isEmpty()) return;
        out.writeInt(response.get().status());
        optionalLong(response.get().bytes());
        optionalLong(response.get().latencyNanos());
    }

    private void optionalLong(Optional<Long> value) throws IOException {
        out.writeIndex(value.isPresent() ? 1 : 0);
        if (value.isPresent()) out.writeLong(value.get());
    }
}
