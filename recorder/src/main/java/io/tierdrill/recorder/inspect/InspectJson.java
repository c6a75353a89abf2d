package io.tierdrill.recorder.inspect;

import java.io.IOException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** An inspection as JSON; units are in the names. Stateless. */
public final class InspectJson {
    private InspectJson() {}

    /** One object over several lines, fields in the order of the records, ended with a line feed. */
    public static void write(Inspection inspection, Appendable out) throws IOException {
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        out.append(json.writeValueAsString(inspection)).append('\n');
    }
}
