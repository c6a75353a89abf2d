package io.tierdrill.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What a run of the command left on the screen.
 *
 * @param status the exit status
 */
record Console(int status, String out, String err) {

    static Console tierdrill(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = new String[args.length];
        for (int i = 0; i < args.length; i++) words[i] = args[i].toString();
        int status = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
        return new Console(status, out.toString(), err.toString());
    }
}
