package io.tierdrill.load.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The foreign function API of Java 22, reached by reflection because this code is compiled for Java 17. Reflection is
 * needed once to make the handles; called through constant handles they are as direct as if compiled. Stateless.
 *
 * <p>Why libc's {@code syscall} and nothing else: every kernel call has this one shape, so two handles serve all of
 * them. See decision 024.
 */
final class Foreign {
    private static final int JAVA = 22;
    private static final String PACKAGE = "java.lang.foreign.";

    private Foreign() {}

    /** Why it cannot be used here; empty where it can. */
    static Optional<String> missing() {
        int here = Runtime.version().feature();
        if (here < JAVA) return Optional.of("Java " + here + " has no foreign functions (22 has)");
        if (!System.getProperty("os.name").equals("Linux")) return Optional.of("this is not Linux");
        if (Cpu.ofThisMachine().isEmpty())
            return Optional.of("system calls of " + System.getProperty("os.arch") + " are not known");
        return Optional.empty();
    }

    /**
     * A handle of {@code long syscall(long number, long... six)} that also keeps errno: (errno's memory, number, six
     * arguments) to result.
     *
     * @param quick for calls that never wait: no change of the thread's state, so the collector waits for the call
     */
    static MethodHandle syscall(boolean quick) {
        if (missing().isPresent()) return MethodHandles.empty(handleType());
        try {
            Object linker = type("Linker").getMethod("nativeLinker").invoke(null);
            Object lookup = type("Linker").getMethod("defaultLookup").invoke(linker);
            Object symbol = ((Optional<?>)
                            type("SymbolLookup").getMethod("find", String.class).invoke(lookup, "syscall"))
                    .orElseThrow();
            Class<?> option = type("Linker$Option");
            Object options = Array.newInstance(option, quick ? 2 : 1);
            Object capture =
                    option.getMethod("captureCallState", String[].class).invoke(null, (Object) new String[] {"errno"});
            Array.set(options, 0, capture);
            if (quick)
                Array.set(
                        options, 1, option.getMethod("critical", boolean.class).invoke(null, false));
            Method downcall = type("Linker")
                    .getMethod("downcallHandle", type("MemorySegment"), type("FunctionDescriptor"), options.getClass());
            return ((MethodHandle) downcall.invoke(linker, symbol, sevenLongs(), options)).asType(handleType());
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("foreign functions cannot be used", broken);
        }
    }

    /** Errno's memory is an Object here: its type does not exist in Java 17. */
    private static java.lang.invoke.MethodType handleType() {
        return java.lang.invoke.MethodType.methodType(
                long.class,
                Object.class,
                long.class,
                long.class,
                long.class,
                long.class,
                long.class,
                long.class,
                long.class);
    }

    private static Object sevenLongs() throws ReflectiveOperationException {
        Object aLong = type("ValueLayout").getField("JAVA_LONG").get(null);
        Object seven = Array.newInstance(type("MemoryLayout"), 7);
        for (int i = 0; i < 7; i++) Array.set(seven, i, aLong);
        return type("FunctionDescriptor")
                .getMethod("of", type("MemoryLayout"), seven.getClass())
                .invoke(null, aLong, seven);
    }

    /** The memory of a direct buffer as the handles take it. */
    static Object segment(ByteBuffer direct) {
        return call(type("MemorySegment"), "ofBuffer", new Class<?>[] {java.nio.Buffer.class}, null, direct);
    }

    /** Where the first byte of a direct buffer lies. */
    static long address(ByteBuffer direct) {
        return (Long) call(type("MemorySegment"), "address", new Class<?>[0], segment(direct));
    }

    /** Memory that the kernel gave. */
    static ByteBuffer memory(long address, long size) {
        Class<?> segments = type("MemorySegment");
        Object at = call(segments, "ofAddress", new Class<?>[] {long.class}, null, address);
        Object sized = call(segments, "reinterpret", new Class<?>[] {long.class}, at, size);
        return ((ByteBuffer) call(segments, "asByteBuffer", new Class<?>[0], sized)).order(ByteOrder.nativeOrder());
    }

    private static Object call(Class<?> owner, String name, Class<?>[] types, Object on, Object... arguments) {
        try {
            return owner.getMethod(name, types).invoke(on, arguments);
        } catch (InvocationTargetException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(PACKAGE + name);
        } catch (ClassNotFoundException older) {
            throw new IllegalStateException("this Java has no foreign functions", older);
        }
    }
}
