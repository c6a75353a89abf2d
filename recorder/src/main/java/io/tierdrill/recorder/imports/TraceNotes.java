package io.tierdrill.recorder.imports;

import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.recorder.input.Reading;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a trace says of the inputs it was made of. One thread. */
final class TraceNotes {
    private final Set<String> forms = new LinkedHashSet<>();
    private final Map<String, Set<String>> topics = new TreeMap<>();
    private boolean coarse;
    private boolean timed;
    private boolean timeless;

    void add(Reading reading) {
        forms.add(reading.form());
        reading.notes()
                .forEach((topic, note) -> topics.computeIfAbsent(topic, t -> new LinkedHashSet<>())
                        .add(note));
        if (reading.timing().tellsTimes()) timed = true;
        else timeless = true;
        coarse |= reading.timing().tellsTimes() && reading.timing().isCoarse();
    }

    /** Whether some inputs tell times and some do not. */
    boolean mixesTimes() {
        return timed && timeless;
    }

    TraceHeader header(ImportAccount account, Optional<Double> rate) {
        Map<String, String> notes = new HashMap<>();
        topics.forEach((topic, texts) -> notes.put(topic, String.join(" ", texts)));
        if (coarse) notes.put("withinStamp", Placement.rule());
        if (timeless) notes.put("arrivals", Arrivals.rule(rate.orElseThrow()));
        notes.put("seed", Long.toString(account.seed()));
        notes.put("read", Long.toString(account.read()));
        notes.put("imported", Long.toString(account.imported()));
        notes.put("rejected", account.rejected().toString());
        notes.put("paths", "Bytes outside visible ASCII are percent-encoded.");
        return new TraceHeader(account.first(), source(account), notes);
    }

    private String source(ImportAccount account) {
        String first = account.inputs().get(0).file();
        int others = account.inputs().size() - 1;
        String more = others == 0 ? "" : " and " + others + " more";
        return "import " + Path.of(first).getFileName() + more + " (" + String.join(", ", forms) + ")";
    }
}
