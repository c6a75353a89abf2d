package io.tierdrill.cli.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wrapper against a repository that is a folder, with a Maven that only repeats its arguments. */
class WrapperTest {
    private static final String VERSION = "0.0.1";

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Path zip;

    @BeforeEach
    void aProjectAndARepository() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no /bin/sh");
        Path project = Files.createDirectories(folder.resolve("the project/.mvn/wrapper"));
        Files.copy(Shell.HOME.resolve("mvnw"), folder.resolve("the project/mvnw"));
        Files.copy(Shell.HOME.resolve(".mvn/wrapper/Distribution.java"), project.resolve("Distribution.java"));
        zip = folder.resolve("repository/org/apache/maven/apache-maven/0.0.1/apache-maven-0.0.1-bin.zip");
        Files.createDirectories(zip.getParent());
        zip("apache-maven-" + VERSION + "/bin/mvn", "#!/bin/sh\necho \"Maven $*\"\n");
        properties(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(zip))));
        // The programs it may use; wget is not among them because it knows no file: addresses.
        Path bin = Files.createDirectories(folder.resolve("bin"));
        String tools = "sh dirname sed tr cksum cut mkdir mktemp rm mv chmod curl";
        String link = "for p in " + tools + "; do command -v $p && ln -s \"$(command -v $p)\" bin; done";
        Shell.run(folder, environment, link);
        environment.put("PATH", bin.toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("MAVEN_USER_HOME", folder.resolve("user home").toString());
        environment.put("MVNW_REPOURL", folder.resolve("repository").toUri().toString());
    }

    @Test
    void fetchesMavenOnceAndHandsItEveryArgument() throws Exception {
        assertThat(mvnw("verify 'two words'"))
                .isEqualTo(new Shell(0, "mvnw: fetching Maven 0.0.1, once for this user\nMaven verify two words\n"));

        Files.delete(zip);
        assertThat(mvnw("verify")).isEqualTo(new Shell(0, "Maven verify\n"));
    }

    @Test
    void letsSeveralFirstRunsGoOnAtOnce() throws Exception {
        Shell three = Shell.run(folder, environment, "M='the project/mvnw'; \"$M\" a & \"$M\" b & \"$M\" c & wait");

        assertThat(three.output()).contains("Maven a\n", "Maven b\n", "Maven c\n");
        assertThat(installed()).hasSize(1);
    }

    @Test
    void fetchesWithTheJdkWhereThereIsNeitherCurlNorWget() throws Exception {
        Files.deleteIfExists(folder.resolve("bin/curl"));

        assertThat(mvnw("verify").output()).endsWith("Maven verify\n");
    }

    @Test
    void refusesAMavenWithAnotherChecksumAndKeepsNothingOfIt() throws Exception {
        properties("0".repeat(128));

        Shell refused = mvnw("verify");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.output()).contains("wanted " + "0".repeat(128)).contains("mvnw: cannot use what file:");
        assertThat(installed()).isEmpty();
    }

    @Test
    void saysWhereToPutAMirrorWhenTheRepositoryIsOutOfReach() throws Exception {
        Files.delete(zip);

        Shell failed = mvnw("verify");

        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.output())
                .endsWith("apache-maven-0.0.1-bin.zip; set MVNW_REPOURL to a mirror that you can reach\n");
        assertThat(installed()).isEmpty();
    }

    private Shell mvnw(String arguments) throws IOException, InterruptedException {
        return Shell.run(folder, environment, "'the project/mvnw' " + arguments);
    }

    private List<Path> installed() throws IOException {
        Path versions = folder.resolve("user home/wrapper/dists/apache-maven-" + VERSION);
        try (Stream<Path> found = Files.list(versions)) {
            return found.toList();
        }
    }

    private void properties(String sha512) throws IOException {
        Files.writeString(
                folder.resolve("the project/.mvn/wrapper/maven-wrapper.properties"),
                "mavenVersion=" + VERSION + "\ndistributionSha512Sum=" + sha512 + "\n");
    }

    private void zip(String entry, String content) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry(entry));
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }
}
