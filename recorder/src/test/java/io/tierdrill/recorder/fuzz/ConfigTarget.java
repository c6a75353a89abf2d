package io.tierdrill.recorder.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.config.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Settings in YAML. Whatever is written: problems with a place, never an exception, and texts that are written out again
 * read back the same.
 */
final class ConfigTarget {
    private static final int MOST_DEPTH = 4;

    private final Path file;

    private ConfigTarget(Path scratch) {
        this.file = scratch.resolve("config.yaml");
    }

    static FuzzTarget target(Path scratch) {
        return new FuzzTarget("config", 4096, Allowance.of(2048, 4000), seeds(), new ConfigTarget(scratch)::take);
    }

    private void take(byte[] input) throws IOException {
        Files.write(file, input);
        Problems problems = new Problems();
        ConfigNode root = ConfigFile.read(file, problems);
        List<String> texts = new ArrayList<>();
        read(root, texts, 0);
        for (Problem problem : problems.all()) checkPlace(problem, input.length);
        for (String place : root.places().values()) assertThat(place).startsWith(file.toString());
        readsBackWhatIsWritten(texts);
    }

    private static void read(ConfigNode node, List<String> texts, int depth) {
        node.optionalText("name").ifPresent(texts::add);
        texts.add(node.requiredText("title"));
        node.integer("instances", 2, 1, 64);
        node.number("share", 0.5, 0, 1);
        node.flag("supervised", false);
        node.duration("wait", Duration.ofSeconds(1));
        node.bytes("size", 1);
        node.rate("rate");
        node.word("policy", "maglev", List.of("maglev", "round-robin"));
        texts.addAll(node.texts("hosts"));
        if (depth < MOST_DEPTH) {
            read(node.object("stack"), texts, depth + 1);
            for (ConfigNode item : node.objects("parts")) read(item, texts, depth + 1);
        }
        node.finish();
    }

    private void checkPlace(Problem problem, int length) {
        assertThat(problem.toString()).isNotEmpty();
        String place = problem.where().substring(file.toString().length());
        if (place.isEmpty()) return;
        String[] lineAndColumn = place.substring(1).split(":");
        assertThat(Integer.parseInt(lineAndColumn[0])).isBetween(1, length + 1);
        assertThat(Integer.parseInt(lineAndColumn[1])).isBetween(1, length + 1);
    }

    private static void readsBackWhatIsWritten(List<String> texts) {
        Problems problems = new Problems();
        ConfigNode again = ConfigFile.parse("again", ConfigFile.write(Map.of("texts", texts)), problems);
        assertThat(again.texts("texts")).isEqualTo(texts);
        assertThat(problems.all()).isEmpty();
    }

    private static List<byte[]> seeds() {
        return Stream.of(
                        "name: checkout\ntitle: Peak\ninstances: 3\nshare: 0.25\nsupervised: true\nwait: 250ms\n"
                                + "size: 4KiB\nrate: 1200/m\npolicy: round-robin\nhosts: [a, 'b c', \"d\\u00e9\"]\n",
                        "# nested\nstack:\n  title: &t one\n  stack: {title: *t, wait: 1m}\nparts:\n  - title: >\n      a\n"
                                + "      b\n  - {title: |-\n  x}\n",
                        "title: a\ntitle: b\nunknown: 1\npolicy: round-robbin\ninstances: 1e9\n",
                        "- not\n- settings\n",
                        "a: &a [*a, *a]\n? [x]\n: y\n%YAML 1.2\n---\n...\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
