package io.tierdrill.analysis.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/** Turns a page into HTML. The templates are classes made by the build; every value is escaped for its place. */
public final class PageTemplate {
    private static final String PACKAGE = "io.tierdrill.analysis.page.template";

    private PageTemplate() {}

    /** The whole file. */
    public static String render(ReportPage page) {
        // No folder of classes: they are on the class path.
        TemplateEngine engine =
                TemplateEngine.createPrecompiled(null, ContentType.Html, PageTemplate.class.getClassLoader(), PACKAGE);
        StringOutput html = new StringOutput(1 << 16);
        engine.render("report.jte", page, html);
        return html.toString();
    }
}
