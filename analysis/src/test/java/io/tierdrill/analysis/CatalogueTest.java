package io.tierdrill.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that explains the verdict claims nothing that no test shows. */
class CatalogueTest {
    private static final Path PAGE = Path.of("..", "docs", "how-the-verdict-works.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*$");
    private static final Pattern TEST = Pattern.compile("`([a-z][A-Za-z]{15,})`");
    private static final Pattern WORD = Pattern.compile("`([a-z-]+)`");
    private static final List<Class<?>> CLASSES =
            List.of(PlantedCausesTest.class, ToldLimitsTest.class, StructuralCausesTest.class, CausesBehindTest.class);
    private static final Set<String> TESTS = CLASSES.stream()
            .flatMap(c -> Stream.of(c.getDeclaredMethods()))
            .map(Method::getName)
            .collect(Collectors.toSet());

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(PAGE)).results().toList();
    }

    @Test
    void listsAllThirtyFourKinds() throws IOException {
        assertThat(rows().stream().map(r -> Integer.parseInt(r.group(1))))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 34).boxed().toList());
    }

    @Test
    void namesATestThatExistsOrSaysNotYet() throws IOException {
        for (MatchResult row : rows()) {
            List<String> named =
                    TEST.matcher(row.group()).results().map(t -> t.group(1)).toList();
            if (row.group().contains("not yet")) assertThat(named).isEmpty();
            else assertThat(named).as(row.group()).isNotEmpty();
            assertThat(TESTS).as(row.group()).containsAll(named);
        }
    }

    /** What the verdict is said to say, a test hears it say. */
    @Test
    void saysNoWordThatNoTestHears() throws IOException {
        StringBuilder heard = new StringBuilder();
        for (Class<?> test : CLASSES)
            heard.append(Files.readString(
                    Path.of("src", "test", "java", test.getName().replace('.', '/') + ".java")));
        for (MatchResult row : rows())
            assertThat(WORD.matcher(row.group().split("\\|")[3]).results().map(w -> w.group(1)))
                    .as(row.group())
                    .allMatch(word -> heard.indexOf('"' + word + '"') >= 0, "is asserted in a test of the verdict");
    }
}
