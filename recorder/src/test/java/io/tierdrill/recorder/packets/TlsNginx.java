package io.tierdrill.recorder.packets;

import io.tierdrill.model.time.NanoClock;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A real nginx with TLS and HTTP/2, a certificate made for it, and a log in the form of the rows of {@link TlsCapture}. */
final class TlsNginx implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(5);
    private static final Duration MOST_WAIT = Duration.ofSeconds(20);

    private final Path folder;
    private final int port;
    private Process process;

    private TlsNginx(Path folder) throws IOException {
        this.folder = folder;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
    }

    /** Skips the test where a program is missing; fails it where all must be there. */
    static void orSkip(String... programs) {
        for (String program : programs) {
            String missing = "no " + program + " (Debian: apt-get install " + program + ")";
            if ("true".equals(System.getenv("CI")))
                Assertions.assertThat(find(program)).as(missing).isNotNull();
            Assumptions.assumeTrue(find(program) != null, missing);
        }
    }

    /** Also outside the PATH of users who are not root, where Debian puts some. */
    private static String find(String program) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(p -> Path.of(p, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
    }

    /** @param folder of its own, empty */
    static TlsNginx start(Path folder) throws IOException, InterruptedException {
        TlsNginx nginx = new TlsNginx(folder);
        Files.writeString(folder.resolve("page"), "x".repeat(3000));
        run(
                folder,
                Map.of(),
                List.of(
                        find("openssl"),
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=shop.example",
                        "-keyout",
                        "key.pem",
                        "-out",
                        "cert.pem"));
        Files.writeString(folder.resolve("nginx.conf"), nginx.config());
        nginx.process = new ProcessBuilder(find("nginx"), "-p", folder + "/", "-c", "nginx.conf", "-e", "error.log")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        NanoClock clock = NanoClock.system();
        long deadline = clock.nanos() + MOST_WAIT.toNanos();
        while (!nginx.answers() && nginx.process.isAlive() && clock.nanos() < deadline)
            LockSupport.parkNanos(LOOK.toNanos());
        if (nginx.answers()) return nginx;
        nginx.close();
        throw new IOException("nginx does not answer: " + Files.readString(folder.resolve("error.log")));
    }

    int port() {
        return port;
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** {@code curl}, told where the shop is; its keys go to {@code keys} in the folder. */
    void curl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                find("curl"), "-s", "-k", "--max-time", "10", "--connect-to", "shop.example:443:127.0.0.1:" + port));
        command.addAll(List.of(arguments));
        run(folder, Map.of("SSLKEYLOGFILE", folder.resolve("keys").toString()), command);
    }

    private static void run(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile());
        builder.environment().putAll(environment);
        Process program = builder.start();
        boolean ended = program.waitFor(MOST_WAIT.toSeconds(), TimeUnit.SECONDS);
        program.destroyForcibly();
        if (!ended || program.exitValue() != 0)
            throw new IOException(command + ": " + Files.readString(folder.resolve("out")));
    }

    /** What it logged up to now. */
    List<String> rows() throws IOException {
        return Files.readAllLines(folder.resolve("access.log"));
    }

    private String config() {
        return """
                daemon off;
                master_process off;
                pid nginx.pid;
                events { }
                http {
                  log_format row '$request_method $scheme $http_host $request_uri $status $body_bytes_sent $request_body_size';
                  map $content_length $request_body_size { '' 0; default $content_length; }
                  access_log access.log row;
                  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                  types { } default_type text/plain;
                  ssl_certificate cert.pem;
                  ssl_certificate_key key.pem;
                  ssl_protocols TLSv1.2 TLSv1.3;
                  server {
                    listen 127.0.0.1:PORT ssl http2;
                    root FOLDER;
                    location /items { return 200 "item $request_uri"; }
                    location /cart { return 201 "added"; }
                  }
                }
                """.replace("PORT", Integer.toString(port)).replace("FOLDER", folder.toString());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
