package io.tierdrill.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class JunitReportTest {

    @Test
    void failsTheCaseOfEachBrokenPromise() throws IOException {
        assertThat(JunitReport.text(FirstScreenTest.overloaded().verdict())).isEqualTo(golden());
    }

    @Test
    void isAnErrorAndNoFailureWhenTheMeasurementIsInvalid() throws Exception {
        Verdict verdict =
                FirstScreenTest.overloaded().injectorInvalid("late & <sorry>").verdict();
        Document xml = parse(JunitReport.text(verdict));

        assertThat(xml.getDocumentElement().getAttribute("errors")).isEqualTo("1");
        assertThat(xml.getDocumentElement().getAttribute("failures")).isEqualTo("0");
        assertThat(xml.getDocumentElement().getAttribute("skipped")).isEqualTo("3");
        assertThat(xml.getElementsByTagName("error")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("message")
                        .getNodeValue())
                .isEqualTo("late & <sorry>");
    }

    @Test
    void carriesTheFirstScreen() throws Exception {
        Verdict verdict = FirstScreenTest.healthy().verdict();
        Document xml = parse(JunitReport.text(verdict));

        assertThat(xml.getDocumentElement().getLastChild().getPreviousSibling().getTextContent())
                .isEqualTo(FirstScreen.text(verdict));
        assertThat(xml.getDocumentElement().getAttribute("failures")).isEqualTo("0");
    }

    private static Document parse(String xml) throws ParserConfigurationException, SAXException, IOException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static String golden() throws IOException {
        try (InputStream in = JunitReportTest.class.getResourceAsStream("junit-no-go.xml")) {
            return in == null ? "there is no junit-no-go.xml" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
