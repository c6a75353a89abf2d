package io.tierdrill.cli;

import io.tierdrill.targets.process.HostPort;
import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 8080} and {@code :8080} are ports of the loopback; others see a port only where its address is written out. */
final class ListenAddress implements ITypeConverter<InetSocketAddress> {
    @Override
    public InetSocketAddress convert(String text) {
        String full = text.matches(":?\\d+") ? "127.0.0.1:" + text.replace(":", "") : text;
        try {
            return HostPort.parse(full);
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(
                    "cannot use \"" + text + "\". Allowed: " + HostPort.ALLOWED + ", or a port of the loopback.");
        }
    }
}
