package io.tierdrill.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The report as a browser sees it. Needs Chromium: without it skipped, except in CI, where that is a failure. */
class ReportInBrowserTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    @TempDir
    static Path folder;

    private static ChromeDriver browser;
    private static String report;

    @BeforeAll
    static void open() throws IOException, BadInputException {
        boolean there = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
        if ("true".equals(System.getenv("CI")))
            assertThat(there).as("CI must have %s and %s", CHROMIUM, DRIVER).isTrue();
        assumeTrue(there, "no " + CHROMIUM + " or no " + DRIVER + " on this machine");
        RunFolder run = HtmlReportTest.badNight().write(folder.resolve("run"));
        HtmlReport.write(run, Analysis.of(run));
        report = run.report().toUri().toString();
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .build();
        browser = new ChromeDriver(service, options());
    }

    private static ChromeOptions options() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        return options;
    }

    @AfterAll
    static void close() {
        if (browser != null) browser.quit();
    }

    /** Loads the page anew on a screen of this width. */
    private static void show(int width, int height) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        browser.get(report);
    }

    private static Object ask(String script) {
        return ((JavascriptExecutor) browser).executeScript("return " + script);
    }

    @Test
    void complainsOfNothingAndFetchesNothing() throws IOException {
        browser.manage().logs().get(LogType.PERFORMANCE);
        show(1200, 900);

        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
        List<String> requested = browser.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(e -> e.getMessage())
                .filter(m -> m.contains("\"Network.requestWillBeSent\""))
                .filter(m -> !m.contains("\"url\":\"data:,"))
                .toList();
        assertThat(requested).hasSize(1).allMatch(m -> m.contains("/report.html"));
        keepPicture("desk");
    }

    @Test
    void drawsEveryPlotWithALineThatCanBeSeen() {
        show(1200, 900);

        assertThat((Long) ask("document.querySelectorAll('figure.plot').length"))
                .isEqualTo(15);
        assertThat((List<?>) ask("[...document.querySelectorAll('figure.plot')].filter(f => {"
                        + "const box = [...f.querySelectorAll('path.line')].map(p => p.getBoundingClientRect());"
                        + "return box.length == 0 || !box.some(b => b.width > 50);}).map(f => f.id)"))
                .isEmpty();
        assertThat((Long) ask("document.querySelectorAll('.strip rect').length"))
                .isEqualTo(7 * 40);
        assertThat((Boolean) ask("[...document.querySelectorAll('.bar')].every(b => Math.abs([...b.children]"
                        + ".reduce((w, s) => w + s.getBoundingClientRect().width, 0) - b.clientWidth) < 12)"))
                .isTrue();
    }

    @Test
    void fitsAPhone() throws IOException {
        show(390, 844);

        assertThat((Long) ask("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
        assertThat((List<?>) ask("[...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll')"
                        + " && e.getBoundingClientRect().right > 391).map(e => e.outerHTML.slice(0, 120))"))
                .isEmpty();
        keepPicture("phone");
    }

    @Test
    void turnsDarkWithTheReader() throws IOException {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        show(390, 844);

        assertThat(ask("getComputedStyle(document.body).backgroundColor")).isEqualTo("rgb(17, 20, 23)");
        keepPicture("dark");
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
    }

    /** For whoever wants to look: a folder in the environment, and the whole page goes there as a picture. */
    private static void keepPicture(String name) throws IOException {
        String keep = System.getenv("TIERDRILL_KEEP_PICTURES");
        if (keep == null) return;
        long height = (Long) ask("document.documentElement.scrollHeight");
        long width = (Long) ask("window.innerWidth");
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        Path picture =
                ((TakesScreenshot) browser).getScreenshotAs(OutputType.FILE).toPath();
        Files.move(picture, Path.of(keep, name + ".png"), StandardCopyOption.REPLACE_EXISTING);
    }
}
