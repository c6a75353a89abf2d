package io.tierdrill.recorder.packets.tls;

import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;

/**
 * What deciphers, of each kind one for all connections: it gets the key anew for every record, and kept for each connection
 * it would cost kilobytes. One thread.
 */
final class Engines {
    private final Map<String, Cipher> ciphers = new HashMap<>();
    private final Map<String, Mac> macs = new HashMap<>();

    /** @param transformation such as {@code AES/GCM/NoPadding} */
    Cipher cipher(String transformation) throws GeneralSecurityException {
        Cipher cipher = ciphers.get(transformation);
        if (cipher == null) {
            cipher = Cipher.getInstance(transformation);
            ciphers.put(transformation, cipher);
        }
        return cipher;
    }

    /** The next one is another: the JDK refuses to use a nonce again, but another key may have to be tried with it. */
    void forget(String transformation) {
        ciphers.remove(transformation);
    }

    /** @param algorithm such as {@code HmacSHA256} */
    Mac mac(String algorithm) throws GeneralSecurityException {
        Mac mac = macs.get(algorithm);
        if (mac == null) {
            mac = Mac.getInstance(algorithm);
            macs.put(algorithm, mac);
        }
        return mac;
    }
}
