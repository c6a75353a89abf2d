package io.tierdrill.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule that nothing can break checks nothing: each must name the classes in {@code broken} that break it, and no other. */
class EveryRuleCanFailTest {
    private static final String ROOT = "io.tierdrill.cli.architecture.broken";
    private static final HouseRules RULES = new HouseRules(ROOT);
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(ROOT);

    @Test
    void refusesAnArrowBetweenSiblingsAndAModuleNobodyKnows() {
        assertThat(details(RULES.modulesFollowTheArrows()))
                .allMatch(d -> d.startsWith("load may not see lb: ")
                        || d.startsWith("model may not see cli: ")
                        || d.contains("is in no module"))
                .anyMatch(d -> d.startsWith("load may not see lb:") && d.contains("SeesItsSibling"))
                .anyMatch(d -> d.startsWith("model may not see cli:") && d.contains("LooksUp"))
                .anyMatch(d -> d.contains("package-info is in no module: '(root)'"))
                .anyMatch(d -> d.contains("Stray is in no module: 'warehouse'"));
    }

    @Test
    void refusesTwoPackagesThatNeedEachOther() {
        assertThat(details(RULES.packagesFormNoCycle()))
                .singleElement()
                .asString()
                .contains("Slice model.first", "Slice model.second");
    }

    @Test
    void refusesTheClockAlsoAsAMethodReference() {
        assertThat(details(RULES.onlyTheTimePackageAsksForTheTime()))
                .allMatch(d -> d.contains("ReadsTheClock") || d.contains("MayPrint.ownClock"))
                .anyMatch(d -> d.contains("System.nanoTime()"))
                .anyMatch(d -> d.contains("Thread.sleep(long)"))
                .anyMatch(d -> d.contains("Instant.now()"))
                .anyMatch(d -> d.contains("Clock.systemDefaultZone()"))
                .hasSize(4);
    }

    @Test
    void refusesChanceWithoutASeed() {
        assertThat(details(RULES.onlySeedsThrowDice()))
                .allMatch(d -> d.contains("ThrowsDice"))
                .anyMatch(d -> d.contains("java.util.Random.<init>(long)"))
                .anyMatch(d -> d.contains("Math.random()"))
                .anyMatch(d -> d.contains("ThreadLocalRandom.current()"))
                .hasSize(3);
    }

    @Test
    void refusesStaticStateThatCanChange() {
        assertThat(details(RULES.nobodyKeepsStaticState()))
                .anyMatch(d -> d.contains("KeepsState.counter is not final"))
                .anyMatch(d -> d.contains("KeepsState.TOTAL is a AtomicLong"))
                .anyMatch(d -> d.contains("KeepsState.BUCKETS is an array"))
                .anyMatch(d -> d.contains("KeepsState.NAMES is a ArrayList"))
                .anyMatch(d -> d.contains("calls constructor <java.util.concurrent.ConcurrentHashMap.<init>()>"))
                .anyMatch(d -> d.contains("calls constructor <java.util.concurrent.atomic.AtomicLong.<init>()>"))
                .hasSize(6);
    }

    @Test
    void refusesNamesThatFitAnything() {
        assertThat(details(RULES.namesSayWhatThingsAre()))
                .containsExactlyInAnyOrder(
                        ROOT + ".lb.PoolManager could be called anything",
                        ROOT + ".lb.util.Picks could be called anything");
    }

    @Test
    void refusesPrintingOutsideTheCommandAndTheChildProtocol() {
        assertThat(details(RULES.onlyTheCommandPrints()))
                .allMatch(d -> d.contains("Prints"))
                .anyMatch(d -> d.contains("System.out"))
                .anyMatch(d -> d.contains("printStackTrace()"))
                .hasSize(2);
    }

    @Test
    void refusesARecorderThatGoesAroundTheRedaction() {
        assertThat(details(RULES.onlyTheOutputWritesTraces()))
                .isNotEmpty()
                .allMatch(d -> d.contains("GoesAround") && d.contains("TraceWriter"));
    }

    @Test
    void refusesJavaUtilLogging() {
        assertThat(details(RULES.nobodyLogsThroughJavaUtilLogging()))
                .isNotEmpty()
                .allMatch(d -> d.contains("LogsElsewhere"));
    }

    @Test
    void refusesAPackageWithoutATextAndOneInTheWrongModule(@TempDir Path home) throws IOException {
        write(home, "lb-under-test/src/main/java/io/tierdrill/lb/package-info.java", "/** Told. */ package x;");
        write(home, "lb-under-test/src/main/java/io/tierdrill/lb/Told.java", "");
        write(home, "lb-under-test/src/main/java/io/tierdrill/lb/silent/Silent.java", "");
        write(home, "model/src/main/java/io/tierdrill/lb/quiet/package-info.java", "package x;");
        PackageTexts sources = new PackageTexts(home);

        String quiet = "model/src/main/java/io/tierdrill/lb/quiet";
        assertThat(sources.withoutText()).containsExactly("lb-under-test/src/main/java/io/tierdrill/lb/silent", quiet);
        assertThat(sources.astray()).containsExactly(quiet);
    }

    private static List<String> details(ArchRule rule) {
        return rule.evaluate(BROKEN).getFailureReport().getDetails();
    }

    private static void write(Path home, String path, String text) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
