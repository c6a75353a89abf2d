package io.tierdrill.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final HouseRules RULES = new HouseRules("io.tierdrill");
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.tierdrill");
    private static final PackageTexts SOURCES =
            new PackageTexts(Path.of("").toAbsolutePath().getParent());

    @Test
    void modulesFollowTheArrows() {
        RULES.modulesFollowTheArrows().check(PRODUCT);
    }

    @Test
    void packagesFormNoCycle() {
        RULES.packagesFormNoCycle().check(PRODUCT);
    }

    @Test
    void onlyTheTimePackageAsksForTheTime() {
        RULES.onlyTheTimePackageAsksForTheTime().check(PRODUCT);
    }

    @Test
    void onlySeedsThrowDice() {
        RULES.onlySeedsThrowDice().check(PRODUCT);
    }

    @Test
    void nobodyKeepsStaticState() {
        RULES.nobodyKeepsStaticState().check(PRODUCT);
    }

    @Test
    void namesSayWhatThingsAre() {
        RULES.namesSayWhatThingsAre().check(PRODUCT);
    }

    @Test
    void onlyTheCommandPrints() {
        RULES.onlyTheCommandPrints().check(PRODUCT);
    }

    @Test
    void onlyTheOutputWritesTraces() {
        RULES.onlyTheOutputWritesTraces().check(PRODUCT);
    }

    @Test
    void nobodyLogsThroughJavaUtilLogging() {
        RULES.nobodyLogsThroughJavaUtilLogging().check(PRODUCT);
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        assertThat(SOURCES.withoutText()).isEmpty();
    }

    @Test
    void everyClassIsWrittenInTheModuleThatOwnsIt() throws IOException {
        assertThat(SOURCES.astray()).isEmpty();
    }

    @Test
    void seesTheProductAndNotItsTests() {
        assertThat(PRODUCT.contain("io.tierdrill.model.time.NanoClock")).isTrue();
        assertThat(PRODUCT.contain(ArchitectureTest.class)).isFalse();
    }
}
