package io.tierdrill.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {
    private static final Path HOME = Path.of("").toAbsolutePath().getParent();
    private static final Set<String> NOT_OURS = Set.of("target", "runs", "node_modules", ".git");
    /** The target of a Markdown link, without the part within the page. */
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        assertThat(pages(HOME)).isNotEmpty();
        assertThat(deadLinks(HOME)).isEmpty();
    }

    @Test
    void namesALinkThatLeadsNowhere(@TempDir Path home) throws IOException {
        Files.createDirectories(home.resolve("docs"));
        Files.writeString(home.resolve("docs/page.md"), "[a](page.md#x) [b](../gone.md) [c](https://example.org/x)");

        assertThat(deadLinks(home)).containsExactly("docs/page.md: ../gone.md");
    }

    private static List<String> deadLinks(Path home) throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path page : pages(home)) {
            LINK.matcher(Files.readString(page))
                    .results()
                    .map((MatchResult link) -> link.group(1))
                    .filter(link -> !link.contains("://"))
                    .filter(link -> !Files.exists(page.resolveSibling(link)))
                    .forEach(link -> dead.add(home.relativize(page) + ": " + link));
        }
        return dead;
    }

    private static List<Path> pages(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home, 4)) {
            return files.filter(f -> f.toString().endsWith(".md"))
                    .filter(f -> !inFolderNotOurs(home.relativize(f)))
                    .sorted()
                    .toList();
        }
    }

    private static boolean inFolderNotOurs(Path relative) {
        return Stream.iterate(relative, p -> p != null, Path::getParent)
                .anyMatch(p -> NOT_OURS.contains(p.getFileName().toString()));
    }
}
