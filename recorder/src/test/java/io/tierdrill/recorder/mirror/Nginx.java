package io.tierdrill.recorder.mirror;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real nginx that proxies to itself and mirrors, as docs/record-live.md tells users to. One process, in a folder. */
final class Nginx implements AutoCloseable {
    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static boolean isInstalled() {
        return program() != null;
    }

    /** Also outside the PATH of users who are not root, where Debian puts it. */
    private static String program() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(p -> Path.of(p, "nginx"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
    }

    static Nginx start(Path folder, int mirrorPort) throws IOException, InterruptedException {
        int port = freePort();
        Path config = folder.resolve("nginx.conf");
        Files.writeString(config, config(folder, port, freePort(), mirrorPort));
        Path log = folder.resolve("error.log");
        Process process = new ProcessBuilder(
                        program(), "-p", folder + "/", "-c", config.toString(), "-e", log.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        Nginx nginx = new Nginx(process, port);
        try {
            Mirrored.await(() -> !process.isAlive() || nginx.answers());
            if (!process.isAlive()) throw new IOException("nginx ended: " + Files.readString(log));
            return nginx;
        } catch (IOException | AssertionError failed) {
            nginx.close();
            throw failed;
        }
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String config(Path folder, int port, int servicePort, int mirrorPort) {
        return """
                daemon off;
                master_process off;
                pid FOLDER/nginx.pid;
                events { }
                http {
                  access_log off;
                  client_body_temp_path FOLDER/body;
                  proxy_temp_path FOLDER/proxy;
                  fastcgi_temp_path FOLDER/fastcgi;
                  uwsgi_temp_path FOLDER/uwsgi;
                  scgi_temp_path FOLDER/scgi;
                  server {
                    listen 127.0.0.1:SERVICE;
                    location / { return 200 "served"; }
                  }
                  server {
                    listen 127.0.0.1:PORT;
                    location / {
                      mirror /tierdrill-mirror;
                      proxy_pass http://127.0.0.1:SERVICE;
                    }
                    location = /tierdrill-mirror {
                      internal;
                      proxy_pass http://127.0.0.1:MIRROR$request_uri;
                      proxy_set_header Host $http_host;
                      proxy_set_header X-Real-IP $remote_addr;
                      proxy_set_header X-Original-Method $request_method;
                      proxy_set_header X-Original-Connection $connection;
                      proxy_set_header X-Forwarded-Proto $scheme;
                      proxy_set_header X-Request-Start "t=${msec}";
                      proxy_connect_timeout 1s;
                      proxy_read_timeout 2s;
                    }
                  }
                }
                """.replace("FOLDER", folder.toString())
                .replace("SERVICE", Integer.toString(servicePort))
                .replace("MIRROR", Integer.toString(mirrorPort))
                .replace("PORT", Integer.toString(port));
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
