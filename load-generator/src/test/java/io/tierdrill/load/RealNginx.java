package io.tierdrill.load;

import io.tierdrill.model.time.NanoClock;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A real nginx with a certificate for shop.example and 127.0.0.1: in the clear, and secured. */
final class RealNginx implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(5);
    private static final Duration MOST_WAIT = Duration.ofSeconds(20);

    private final Path folder;
    final int clear;
    final int secure;
    private Process process;

    private RealNginx(Path folder) throws IOException {
        this.folder = folder;
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.clear = one.getLocalPort();
            this.secure = other.getLocalPort();
        }
    }

    /** Skips the test where a program is missing; fails it where all must be there. */
    static void orSkip() {
        for (String program : List.of("nginx", "openssl")) {
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

    /**
     * @param folder of its own, empty
     * @param listening what stands behind the address in its two listen directives: in the clear, and secured
     * @param settings further directives of the server
     */
    static RealNginx start(Path folder, String listening, String secured, String settings)
            throws IOException, InterruptedException {
        RealNginx nginx = new RealNginx(folder);
        Files.writeString(folder.resolve("large"), "x".repeat(500_000));
        run(
                folder,
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
                        "-addext",
                        "subjectAltName=DNS:shop.example,IP:127.0.0.1",
                        "-keyout",
                        "key.pem",
                        "-out",
                        "cert.pem"));
        Files.writeString(folder.resolve("nginx.conf"), nginx.config(listening, secured, settings));
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
        throw new IOException("nginx does not answer: " + Files.readString(folder.resolve("out")));
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), secure)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void run(Path folder, List<String> command) throws IOException, InterruptedException {
        Process program = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        boolean ended = program.waitFor(MOST_WAIT.toSeconds(), TimeUnit.SECONDS);
        program.destroyForcibly();
        if (!ended || program.exitValue() != 0)
            throw new IOException(command + ": " + Files.readString(folder.resolve("out")));
    }

    Target clear() {
        return new Target("127.0.0.1", clear, Optional.empty());
    }

    Target secure() {
        return new Target("127.0.0.1", secure, Optional.empty(), true);
    }

    Path certificate() {
        return folder.resolve("cert.pem");
    }

    /** Its rows: protocol, TLS version, whether the session was resumed, SNI, number of the connection, target, status. */
    List<String> rows() throws IOException {
        return Files.readAllLines(folder.resolve("access.log"));
    }

    private String config(String listening, String secured, String settings) {
        return """
                daemon off;
                master_process off;
                pid nginx.pid;
                events { }
                http {
                  log_format row '$server_protocol $ssl_protocol $ssl_session_reused $ssl_server_name $connection $request_uri $status';
                  access_log access.log row;
                  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                  client_max_body_size 20m;
                  types { } default_type text/plain;
                  ssl_certificate cert.pem;
                  ssl_certificate_key key.pem;
                  ssl_protocols TLSv1.2 TLSv1.3;
                  server {
                    listen 127.0.0.1:CLEAR LISTENING;
                    listen 127.0.0.1:SECURE ssl SECURED;
                    root FOLDER;
                    SETTINGS
                    location /items { return 200 "item $request_uri"; }
                    location /once { keepalive_timeout 0; return 200 "once"; }
                    location /broken { return 500; }
                    location /slow { limit_rate 100k; limit_rate_after 1k; try_files /large =404; }
                    location /upload { dav_methods PUT; alias FOLDER/body/; }
                  }
                }
                """.replace("CLEAR", Integer.toString(clear))
                .replace("SECURED", secured)
                .replace("LISTENING", listening)
                .replace("SECURE", Integer.toString(secure))
                .replace("SETTINGS", settings)
                .replace("FOLDER", folder.toString());
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
