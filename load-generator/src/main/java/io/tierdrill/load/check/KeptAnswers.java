package io.tierdrill.load.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The answers of this run, for a later one. Bounded; bodies go first, then whole answers. One thread. */
final class KeptAnswers {
    private static final int ENTRY = 120;
    private static final int MOST_BODY = 256 << 10;

    private final long mostBytes;
    private final Map<String, KeptAnswer> answers = new LinkedHashMap<>();
    private long bytes;
    private long leftOut;

    KeptAnswers(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** @param sha256 of the body without noise */
    void keep(String key, int status, String sha256, byte[] body) {
        KeptAnswer known = answers.get(key);
        if (known != null) {
            boolean same = known.status() == status && known.sha256().equals(sha256);
            if (same || known.varies()) return;
            bytes -= known.body().map(b -> b.length * 4L / 3).orElse(0L);
            answers.put(key, known.varying());
            return;
        }
        long without = ENTRY + key.length();
        long with = without + body.length * 4L / 3;
        if (bytes + without > mostBytes) {
            leftOut++;
            return;
        }
        boolean whole = body.length <= MOST_BODY && bytes + with <= mostBytes;
        bytes += whole ? with : without;
        answers.put(key, new KeptAnswer(status, sha256, whole ? Optional.of(body) : Optional.empty(), false));
    }

    /** Answers there was no room for. */
    long leftOut() {
        return leftOut;
    }

    void write(Path file) throws IOException {
        AnswerFile.write(file, answers);
    }
}
