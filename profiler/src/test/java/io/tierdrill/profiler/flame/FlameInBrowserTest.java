package io.tierdrill.profiler.flame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tierdrill.profiler.stacks.Difference;
import io.tierdrill.profiler.stacks.FoldedStacks;
import io.tierdrill.profiler.stacks.Profile;
import io.tierdrill.profiler.stacks.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The page under the fingers. Needs Chromium: without it skipped, except in CI, where that is a failure. */
class FlameInBrowserTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final String LOW = "run;a.Loop.read 400\nrun;a.Loop.lock 100\nrun;a.Loop.lock;a.Wait.park 50";
    private static final String HIGH = "run;a.Loop.read 4000\nrun;a.Loop.lock 2000\nrun;a.Loop.lock;a.Wait.park 500";

    @TempDir
    static Path folder;

    private static ChromeDriver browser;

    @BeforeAll
    static void open() throws IOException {
        boolean there = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
        if ("true".equals(System.getenv("CI")))
            assertThat(there).as("CI must have %s and %s", CHROMIUM, DRIVER).isTrue();
        assumeTrue(there, "no " + CHROMIUM + " or no " + DRIVER + " on this machine");
        Difference two = new Difference(profile(LOW, 1_000), profile(HIGH, 10_000));
        Files.writeString(folder.resolve("difference.html"), FlamePage.difference("l7", two));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .build();
        browser = new ChromeDriver(service, options());
    }

    private static Profile profile(String stacks, long answers) {
        FoldedStacks folded = FoldedStacks.parse(stacks);
        return new Profile("load", folded, Sampling.CPU_TIME, answers, Optional.of(folded.total() / 200.0), 0);
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
        options.setCapability("goog:loggingPrefs", logs);
        return options;
    }

    @AfterAll
    static void close() {
        if (browser != null) browser.quit();
    }

    @BeforeEach
    void load() {
        show(1200);
    }

    private static void show(int width) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", width < 600));
        browser.get(folder.resolve("difference.html").toUri().toString());
    }

    private static String focused() {
        return (String) browser.executeScript("return document.activeElement.title");
    }

    private static long shown() {
        return (Long) browser.executeScript("return document.querySelectorAll('.f:not([hidden])').length");
    }

    private static void press(CharSequence... keys) {
        browser.switchTo().activeElement().sendKeys(keys);
    }

    @Test
    void movesZoomsAndComesBackWithTheKeyboardAlone() {
        browser.executeScript("document.querySelector('.f').focus()");
        press(Keys.ARROW_DOWN);
        press(Keys.ARROW_DOWN);
        assertThat(focused()).startsWith("a.Loop.read: ");
        press(Keys.ARROW_LEFT);
        assertThat(focused()).startsWith("a.Loop.lock: 750 → 1,250 µs");
        assertThat(browser.findElement(By.id("told")).getText()).isEqualTo(focused());

        press(Keys.ENTER);
        assertThat(shown()).as("all, run, lock and park").isEqualTo(4);
        assertThat(browser.findElement(By.id("back")).isEnabled()).isTrue();
        press(Keys.ESCAPE);
        assertThat(shown()).isEqualTo(5);
        assertThat(browser.findElement(By.id("back")).isEnabled()).isFalse();
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    }

    @Test
    void findsByPartOfANameAndSaysHowMuchThatIs() {
        WebElement body = browser.findElement(By.tagName("body"));
        body.sendKeys("/");
        press("LOOP.LOCK");

        // 1,250 of 3,250 µs: each frame is as wide as the larger of both.
        assertThat(browser.findElement(By.id("found")).getText()).isEqualTo("1 call, 38.5 % of the width");
        assertThat(browser.findElements(By.cssSelector(".f.hit"))).hasSize(1);
        press(Keys.ESCAPE);
        assertThat(browser.findElements(By.cssSelector(".f.hit"))).isEmpty();
    }

    @Test
    void fitsAPhone() {
        show(390);

        assertThat((Long) browser.executeScript("return document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(390);
    }
}
