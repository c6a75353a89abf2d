package io.tierdrill.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ctrl-C and SIGTERM while requests flow: the first asks the run to end well, the next ends the process at once. Before
 * anything flows the first already does. A shutdown hook could not tell a second signal from the first: the JVM ignores
 * signals while its hooks run. Ending at once still runs those hooks, and they take the stack down.
 *
 * <p>The JDK shows signals in {@code sun.misc.Signal} of the module {@code jdk.unsupported} only, which the compiler
 * warns of whatever one does: hence the reflection. Where a JVM has no such class, signals do what they always did.
 */
final class StopSignals implements AutoCloseable {
    private static final List<String> NAMES = List.of("INT", "TERM");
    private static final int SIGNALLED = 128;

    private final Map<String, Object> before = new LinkedHashMap<>();
    private final Runnable whenAskedToStop;
    private Optional<Runnable> stop = Optional.empty();
    private boolean asked;

    /** @param whenAskedToStop run once, on the thread of the signal, before what {@link #endBy} was given */
    StopSignals(Runnable whenAskedToStop) {
        this.whenAskedToStop = whenAskedToStop;
        for (String name : NAMES) catching(name);
    }

    /** From now on the first signal does this instead of ending the process. */
    synchronized void endBy(Runnable ending) {
        stop = Optional.of(ending);
    }

    private void catching(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler handle = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> caught((int) signal.getMethod("getNumber").invoke(arguments[0]));
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> "stop at SIG" + name;
            };
            Object ours = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, handle);
            Object one = signal.getConstructor(String.class).newInstance(name);
            before.put(name, signal.getMethod("handle", signal, handler).invoke(null, one, ours));
        } catch (ReflectiveOperationException notOnThisJvm) {
            // Then the signal ends the process, and its hooks take the stack down.
        }
    }

    private Object caught(int number) {
        if (!first()) System.exit(SIGNALLED + number);
        whenAskedToStop.run();
        stop.orElseThrow().run();
        return null;
    }

    private synchronized boolean first() {
        if (asked || stop.isEmpty()) return false;
        asked = true;
        return true;
    }

    /** Signals do again what they did before. */
    @Override
    public void close() {
        before.forEach((name, handler) -> {
            try {
                Class<?> signal = Class.forName("sun.misc.Signal");
                Object one = signal.getConstructor(String.class).newInstance(name);
                signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
                        .invoke(null, one, handler);
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(impossible);
            }
        });
    }
}
