package io.tierdrill.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How commands that read packets get into TLS. */
final class TlsKeyOptions {
    @Option(
            names = "--tls-keys",
            paramLabel = "FILE",
            description = "The key log of TLS connections, as clients and servers write it where SSLKEYLOGFILE is set. "
                    + "A recording reads it while it grows. Without keys, TLS is counted as opaque.")
    private Optional<Path> file;

    Optional<Path> file() {
        return file;
    }
}
