// @ts-nocheck
// Made by compile.ts from templates/ and assets/. Do not edit.
export const templates: Readonly<Record<string, unknown>> = {
  "banner": {"0":function(container,depth0,helpers,partials,data) {
    return "<p>"
    + container.escapeExpression(container.lambda(depth0, depth0))
    + "</p>\n";
},"1":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<ul class=\"reasons\">\n"
    + ((stack1 = lookupProperty(helpers,"each").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"reasons"),{"name":"each","hash":{},"fn":container.program(2, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":9,"column":0},"end":{"line":10,"column":9}}})) != null ? stack1 : "")
    + "</ul>\n";
},"2":function(container,depth0,helpers,partials,data) {
    return "<li>"
    + container.escapeExpression(container.lambda(depth0, depth0))
    + "</li>\n";
},"3":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<div><dt>"
    + alias3(alias2(alias1(depth0, "term", {"start":{"line":15,"column":26},"end":{"line":15,"column":30}} ), depth0))
    + "</dt><dd><bdi>"
    + alias3(alias2(alias1(depth0, "value", {"start":{"line":15,"column":48},"end":{"line":15,"column":53}} ), depth0))
    + "</bdi>"
    + ((stack1 = lookupProperty(helpers,"if").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"note"),{"name":"if","hash":{},"fn":container.program(4, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":15,"column":61},"end":{"line":15,"column":103}}})) != null ? stack1 : "")
    + "</dd></div>\n";
},"4":function(container,depth0,helpers,partials,data) {
    return "<small>"
    + container.escapeExpression(container.lambda(container.strict(depth0, "note", {"start":{"line":15,"column":82},"end":{"line":15,"column":86}} ), depth0))
    + "</small>";
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression, alias4=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<section class=\"banner state-"
    + alias3(alias2(alias1(depth0, "state", {"start":{"line":1,"column":31},"end":{"line":1,"column":36}} ), depth0))
    + "\" aria-labelledby=\"verdict\">\n<div class=\"state\">"
    + alias3(alias2(alias1(depth0, "icon", {"start":{"line":2,"column":21},"end":{"line":2,"column":25}} ), depth0))
    + "<p class=\"state-word\">"
    + alias3(alias2(alias1(depth0, "word", {"start":{"line":2,"column":51},"end":{"line":2,"column":55}} ), depth0))
    + "</p></div>\n<div class=\"said\">\n<h2 id=\"verdict\">"
    + alias3(alias2(alias1(depth0, "headline", {"start":{"line":4,"column":19},"end":{"line":4,"column":27}} ), depth0))
    + "</h2>\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias4,lookupProperty(depth0,"sentences"),{"name":"each","hash":{},"fn":container.program(0, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":5,"column":0},"end":{"line":6,"column":9}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias4,lookupProperty(depth0,"reasons"),{"name":"if","hash":{},"fn":container.program(1, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":7,"column":0},"end":{"line":12,"column":7}}})) != null ? stack1 : "")
    + "</div>\n<dl class=\"tiles\">\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias4,lookupProperty(depth0,"tiles"),{"name":"each","hash":{},"fn":container.program(3, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":15,"column":0},"end":{"line":16,"column":9}}})) != null ? stack1 : "")
    + "</dl>\n</section>\n";
},"useData":true},
  "cards": {"0":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression, alias4=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<article class=\"card "
    + alias3(alias2(alias1(depth0, "tone", {"start":{"line":3,"column":23},"end":{"line":3,"column":27}} ), depth0))
    + "\">\n<div class=\"card-head\"><h3>"
    + ((stack1 = lookupProperty(helpers,"if").call(alias4,lookupProperty(depth0,"badge"),{"name":"if","hash":{},"fn":container.program(1, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":4,"column":27},"end":{"line":4,"column":84}}})) != null ? stack1 : "")
    + "<bdi>"
    + alias3(alias2(alias1(depth0, "title", {"start":{"line":4,"column":91},"end":{"line":4,"column":96}} ), depth0))
    + "</bdi></h3>"
    + ((stack1 = lookupProperty(helpers,"if").call(alias4,lookupProperty(depth0,"aside"),{"name":"if","hash":{},"fn":container.program(2, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":4,"column":109},"end":{"line":4,"column":138}}})) != null ? stack1 : "")
    + "</div>\n<p>"
    + alias3(alias2(alias1(depth0, "text", {"start":{"line":5,"column":5},"end":{"line":5,"column":9}} ), depth0))
    + "</p>\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias4,lookupProperty(depth0,"blocks"),{"name":"each","hash":{},"fn":container.program(3, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":6,"column":0},"end":{"line":6,"column":48}}})) != null ? stack1 : "")
    + "\n</article>\n";
},"1":function(container,depth0,helpers,partials,data) {
    return "<span class=\"badge\">"
    + container.escapeExpression(container.lambda(container.strict(depth0, "badge", {"start":{"line":4,"column":62},"end":{"line":4,"column":67}} ), depth0))
    + "</span> ";
},"2":function(container,depth0,helpers,partials,data) {
    return container.escapeExpression(container.lambda(container.strict(depth0, "aside", {"start":{"line":4,"column":124},"end":{"line":4,"column":129}} ), depth0));
},"3":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return ((stack1 = container.invokePartial(lookupProperty(helpers,"lookup").call(depth0 != null ? depth0 : (container.nullContext || {}),depth0,"kind",{"name":"lookup","hash":{},"data":data,"loc":{"start":{"line":6,"column":20},"end":{"line":6,"column":37}}}),depth0,{"data":data,"helpers":helpers,"partials":partials,"decorators":container.decorators})) != null ? stack1 : "");
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<div class=\"cards\">\n"
    + ((stack1 = lookupProperty(helpers,"each").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"cards"),{"name":"each","hash":{},"fn":container.program(0, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":2,"column":0},"end":{"line":8,"column":9}}})) != null ? stack1 : "")
    + "</div>\n";
},"usePartial":true,"useData":true},
  "charts": {"0":function(container,depth0,helpers,partials,data) {
    var alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression;

  return "<figure class=\"small-chart\"><figcaption>"
    + alias3(alias2(alias1(depth0, "title", {"start":{"line":2,"column":58},"end":{"line":2,"column":63}} ), depth0))
    + " <span class=\"reading\">"
    + alias3(alias2(alias1(depth0, "said", {"start":{"line":2,"column":90},"end":{"line":2,"column":94}} ), depth0))
    + "</span></figcaption>"
    + alias3(alias2(alias1(depth0, "svg", {"start":{"line":2,"column":118},"end":{"line":2,"column":121}} ), depth0))
    + "</figure>\n";
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<div class=\"grid\">\n"
    + ((stack1 = lookupProperty(helpers,"each").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"charts"),{"name":"each","hash":{},"fn":container.program(0, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":2,"column":0},"end":{"line":3,"column":9}}})) != null ? stack1 : "")
    + "</div>\n";
},"useData":true},
  "code": {"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression;

  return "<pre class=\"code\" tabindex=\"0\" role=\"group\" aria-label=\""
    + alias3(alias2(alias1(depth0, "label", {"start":{"line":1,"column":58},"end":{"line":1,"column":63}} ), depth0))
    + "\">"
    + alias3(alias2(alias1(depth0, "text", {"start":{"line":1,"column":69},"end":{"line":1,"column":73}} ), depth0))
    + "</pre>\n";
},"useData":true},
  "facts": {"0":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<div><dt>"
    + alias3(alias2(alias1(depth0, "term", {"start":{"line":2,"column":26},"end":{"line":2,"column":30}} ), depth0))
    + "</dt><dd><bdi>"
    + alias3(alias2(alias1(depth0, "value", {"start":{"line":2,"column":48},"end":{"line":2,"column":53}} ), depth0))
    + "</bdi>"
    + ((stack1 = lookupProperty(helpers,"if").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"note"),{"name":"if","hash":{},"fn":container.program(1, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":2,"column":61},"end":{"line":2,"column":103}}})) != null ? stack1 : "")
    + "</dd></div>\n";
},"1":function(container,depth0,helpers,partials,data) {
    return "<small>"
    + container.escapeExpression(container.lambda(container.strict(depth0, "note", {"start":{"line":2,"column":82},"end":{"line":2,"column":86}} ), depth0))
    + "</small>";
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<dl class=\"facts\">\n"
    + ((stack1 = lookupProperty(helpers,"each").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"facts"),{"name":"each","hash":{},"fn":container.program(0, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":2,"column":0},"end":{"line":3,"column":9}}})) != null ? stack1 : "")
    + "</dl>\n";
},"useData":true},
  "figure": {"0":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<ul class=\"legend\">\n"
    + ((stack1 = lookupProperty(helpers,"each").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"legend"),{"name":"each","hash":{},"fn":container.program(1, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":6,"column":0},"end":{"line":7,"column":9}}})) != null ? stack1 : "")
    + "</ul>\n";
},"1":function(container,depth0,helpers,partials,data) {
    var alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression;

  return "<li>"
    + alias3(alias2(alias1(depth0, "key", {"start":{"line":6,"column":22},"end":{"line":6,"column":25}} ), depth0))
    + " <bdi>"
    + alias3(alias2(alias1(depth0, "text", {"start":{"line":6,"column":35},"end":{"line":6,"column":39}} ), depth0))
    + "</bdi></li>\n";
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<figure class=\"drawing\">\n<div class=\"wide\">"
    + alias3(alias2(alias1(depth0, "wide", {"start":{"line":2,"column":20},"end":{"line":2,"column":24}} ), depth0))
    + "</div>\n<div class=\"narrow\">"
    + alias3(alias2(alias1(depth0, "narrow", {"start":{"line":3,"column":22},"end":{"line":3,"column":28}} ), depth0))
    + "</div>\n"
    + ((stack1 = lookupProperty(helpers,"if").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"legend"),{"name":"if","hash":{},"fn":container.program(0, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":4,"column":0},"end":{"line":9,"column":7}}})) != null ? stack1 : "")
    + "<figcaption>"
    + alias3(alias2(alias1(depth0, "caption", {"start":{"line":10,"column":14},"end":{"line":10,"column":21}} ), depth0))
    + "</figcaption>\n</figure>\n";
},"useData":true},
  "fold": {"0":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return ((stack1 = container.invokePartial(lookupProperty(helpers,"lookup").call(depth0 != null ? depth0 : (container.nullContext || {}),depth0,"kind",{"name":"lookup","hash":{},"data":data,"loc":{"start":{"line":3,"column":40},"end":{"line":3,"column":57}}}),depth0,{"data":data,"helpers":helpers,"partials":partials,"decorators":container.decorators})) != null ? stack1 : "");
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<details>\n<summary>"
    + container.escapeExpression(container.lambda(container.strict(depth0, "summary", {"start":{"line":2,"column":11},"end":{"line":2,"column":18}} ), depth0))
    + "</summary>\n<div class=\"folded\">"
    + ((stack1 = lookupProperty(helpers,"each").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"blocks"),{"name":"each","hash":{},"fn":container.program(0, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":3,"column":20},"end":{"line":3,"column":68}}})) != null ? stack1 : "")
    + "</div>\n</details>\n";
},"usePartial":true,"useData":true},
  "heading": {"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    return "<h3>"
    + container.escapeExpression(container.lambda(container.strict(depth0, "text", {"start":{"line":1,"column":6},"end":{"line":1,"column":10}} ), depth0))
    + "</h3>\n";
},"useData":true},
  "list": {"0":function(container,depth0,helpers,partials,data) {
    return "<p class=\"list-title\">"
    + container.escapeExpression(container.lambda(container.strict(depth0, "title", {"start":{"line":1,"column":37},"end":{"line":1,"column":42}} ), depth0))
    + "</p>";
},"1":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<ol>\n"
    + ((stack1 = lookupProperty(helpers,"each").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"items"),{"name":"each","hash":{},"fn":container.program(2, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":4,"column":0},"end":{"line":5,"column":9}}})) != null ? stack1 : "")
    + "</ol>\n";
},"2":function(container,depth0,helpers,partials,data) {
    return "<li>"
    + container.escapeExpression(container.lambda(depth0, depth0))
    + "</li>\n";
},"3":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<ul>\n"
    + ((stack1 = lookupProperty(helpers,"each").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"items"),{"name":"each","hash":{},"fn":container.program(2, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":9,"column":0},"end":{"line":10,"column":9}}})) != null ? stack1 : "")
    + "</ul>\n";
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"title"),{"name":"if","hash":{},"fn":container.program(0, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":1,"column":0},"end":{"line":1,"column":55}}})) != null ? stack1 : "")
    + "\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"ordered"),{"name":"if","hash":{},"fn":container.program(1, data, 0),"inverse":container.program(3, data, 0),"data":data,"loc":{"start":{"line":2,"column":0},"end":{"line":12,"column":7}}})) != null ? stack1 : "");
},"useData":true},
  "page": {"0":function(container,depth0,helpers,partials,data) {
    var alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression;

  return "<li><a href=\"#"
    + alias3(alias2(alias1(depth0, "id", {"start":{"line":25,"column":34},"end":{"line":25,"column":36}} ), depth0))
    + "\">"
    + alias3(alias2(alias1(depth0, "nav", {"start":{"line":25,"column":42},"end":{"line":25,"column":45}} ), depth0))
    + "</a></li>\n";
},"1":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return ((stack1 = container.invokePartial(lookupProperty(partials,"section"),depth0,{"name":"section","data":data,"helpers":helpers,"partials":partials,"decorators":container.decorators})) != null ? stack1 : "");
},"2":function(container,depth0,helpers,partials,data) {
    var alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression;

  return "<div><dt>"
    + alias3(alias2(alias1(depth0, "term", {"start":{"line":34,"column":31},"end":{"line":34,"column":35}} ), depth0))
    + "</dt><dd><bdi>"
    + alias3(alias2(alias1(depth0, "value", {"start":{"line":34,"column":53},"end":{"line":34,"column":58}} ), depth0))
    + "</bdi></dd></div>\n";
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression, alias4=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\""
    + alias3(alias2(alias1(depth0, "policy", {"start":{"line":5,"column":54},"end":{"line":5,"column":60}} ), depth0))
    + "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>"
    + alias3(alias2(alias1(depth0, "title", {"start":{"line":9,"column":9},"end":{"line":9,"column":14}} ), depth0))
    + "</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>"
    + alias3(alias2(alias1(depth0, "style", {"start":{"line":11,"column":9},"end":{"line":11,"column":14}} ), depth0))
    + "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n<header class=\"top\">\n<p class=\"brand\"><span class=\"brand-name\">Firedrill</span> "
    + alias3(alias2(alias1(depth0, "kind", {"start":{"line":16,"column":61},"end":{"line":16,"column":65}} ), depth0))
    + "</p>\n<h1>"
    + alias3(alias2(alias1(depth0, "heading", {"start":{"line":17,"column":6},"end":{"line":17,"column":13}} ), depth0))
    + "</h1>\n<p class=\"about\">"
    + alias3(alias2(alias1(depth0, "about", {"start":{"line":18,"column":19},"end":{"line":18,"column":24}} ), depth0))
    + "</p>\n<button type=\"button\" class=\"theme\" id=\"theme\" hidden>Dark or light</button>\n</header>\n<main id=\"main\" tabindex=\"-1\">\n"
    + ((stack1 = container.invokePartial(lookupProperty(partials,"banner"),lookupProperty(depth0,"banner"),{"name":"banner","data":data,"helpers":helpers,"partials":partials,"decorators":container.decorators})) != null ? stack1 : "")
    + "<nav class=\"contents\" aria-label=\"Sections of the report\">\n<ul>\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias4,lookupProperty(depth0,"sections"),{"name":"each","hash":{},"fn":container.program(0, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":25,"column":0},"end":{"line":26,"column":9}}})) != null ? stack1 : "")
    + "</ul>\n</nav>\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias4,lookupProperty(depth0,"sections"),{"name":"each","hash":{},"fn":container.program(1, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":29,"column":0},"end":{"line":29,"column":40}}})) != null ? stack1 : "")
    + "\n</main>\n<footer>\n<h2>Provenance</h2>\n<dl class=\"facts small\">\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias4,lookupProperty(depth0,"provenance"),{"name":"each","hash":{},"fn":container.program(2, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":34,"column":0},"end":{"line":35,"column":9}}})) != null ? stack1 : "")
    + "</dl>\n</footer>\n\u003Cscript type=\"application/json\" id=\"summary\">"
    + alias3(alias2(alias1(depth0, "summary", {"start":{"line":38,"column":47},"end":{"line":38,"column":54}} ), depth0))
    + "\u003C/script>\n\u003Cscript>"
    + alias3(alias2(alias1(depth0, "script", {"start":{"line":39,"column":10},"end":{"line":39,"column":16}} ), depth0))
    + "\u003C/script>\n</body>\n</html>\n";
},"usePartial":true,"useData":true},
  "prose": {"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression;

  return "<p class=\"prose "
    + alias3(alias2(alias1(depth0, "tone", {"start":{"line":1,"column":18},"end":{"line":1,"column":22}} ), depth0))
    + "\">"
    + alias3(alias2(alias1(depth0, "text", {"start":{"line":1,"column":28},"end":{"line":1,"column":32}} ), depth0))
    + "</p>\n";
},"useData":true},
  "section": {"0":function(container,depth0,helpers,partials,data) {
    return "<p class=\"lead\">"
    + container.escapeExpression(container.lambda(container.strict(depth0, "lead", {"start":{"line":3,"column":30},"end":{"line":3,"column":34}} ), depth0))
    + "</p>";
},"1":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return ((stack1 = container.invokePartial(lookupProperty(helpers,"lookup").call(depth0 != null ? depth0 : (container.nullContext || {}),depth0,"kind",{"name":"lookup","hash":{},"data":data,"loc":{"start":{"line":4,"column":20},"end":{"line":4,"column":37}}}),depth0,{"data":data,"helpers":helpers,"partials":partials,"decorators":container.decorators})) != null ? stack1 : "");
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression, alias4=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<section class=\"part\" id=\""
    + alias3(alias2(alias1(depth0, "id", {"start":{"line":1,"column":28},"end":{"line":1,"column":30}} ), depth0))
    + "\" aria-labelledby=\""
    + alias3(alias2(alias1(depth0, "id", {"start":{"line":1,"column":53},"end":{"line":1,"column":55}} ), depth0))
    + "-title\">\n<h2 id=\""
    + alias3(alias2(alias1(depth0, "id", {"start":{"line":2,"column":10},"end":{"line":2,"column":12}} ), depth0))
    + "-title\">"
    + alias3(alias2(alias1(depth0, "title", {"start":{"line":2,"column":24},"end":{"line":2,"column":29}} ), depth0))
    + "</h2>\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias4,lookupProperty(depth0,"lead"),{"name":"if","hash":{},"fn":container.program(0, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":3,"column":0},"end":{"line":3,"column":47}}})) != null ? stack1 : "")
    + "\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias4,lookupProperty(depth0,"blocks"),{"name":"each","hash":{},"fn":container.program(1, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":4,"column":0},"end":{"line":4,"column":48}}})) != null ? stack1 : "")
    + "\n</section>\n";
},"usePartial":true,"useData":true},
  "sides": {"0":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<div class=\"side "
    + alias3(alias2(alias1(depth0, "tone", {"start":{"line":3,"column":19},"end":{"line":3,"column":23}} ), depth0))
    + "\">\n<h3>"
    + alias3(alias2(alias1(depth0, "title", {"start":{"line":4,"column":6},"end":{"line":4,"column":11}} ), depth0))
    + "</h3>\n<dl>\n"
    + ((stack1 = lookupProperty(helpers,"each").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"facts"),{"name":"each","hash":{},"fn":container.program(1, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":6,"column":0},"end":{"line":7,"column":9}}})) != null ? stack1 : "")
    + "</dl>\n</div>\n";
},"1":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<div><dt>"
    + alias3(alias2(alias1(depth0, "term", {"start":{"line":6,"column":26},"end":{"line":6,"column":30}} ), depth0))
    + "</dt><dd><bdi>"
    + alias3(alias2(alias1(depth0, "value", {"start":{"line":6,"column":48},"end":{"line":6,"column":53}} ), depth0))
    + "</bdi>"
    + ((stack1 = lookupProperty(helpers,"if").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"note"),{"name":"if","hash":{},"fn":container.program(2, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":6,"column":61},"end":{"line":6,"column":103}}})) != null ? stack1 : "")
    + "</dd></div>\n";
},"2":function(container,depth0,helpers,partials,data) {
    return "<small>"
    + container.escapeExpression(container.lambda(container.strict(depth0, "note", {"start":{"line":6,"column":82},"end":{"line":6,"column":86}} ), depth0))
    + "</small>";
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var stack1, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<div class=\"sides\">\n"
    + ((stack1 = lookupProperty(helpers,"each").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"sides"),{"name":"each","hash":{},"fn":container.program(0, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":2,"column":0},"end":{"line":10,"column":9}}})) != null ? stack1 : "")
    + "</div>\n";
},"useData":true},
  "table": {"0":function(container,depth0,helpers,partials,data) {
    var alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression;

  return "<th scope=\"col\" role=\"columnheader\" class=\""
    + alias3(alias2(alias1(depth0, "class", {"start":{"line":4,"column":100},"end":{"line":4,"column":105}} ), depth0))
    + "\">"
    + alias3(alias2(alias1(depth0, "text", {"start":{"line":4,"column":111},"end":{"line":4,"column":115}} ), depth0))
    + "</th>";
},"1":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<tr role=\"row\" class=\""
    + container.escapeExpression(container.lambda(container.strict(depth0, "class", {"start":{"line":6,"column":38},"end":{"line":6,"column":43}} ), depth0))
    + "\">"
    + ((stack1 = lookupProperty(helpers,"with").call(alias1,lookupProperty(depth0,"head"),{"name":"with","hash":{},"fn":container.program(2, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":6,"column":47},"end":{"line":6,"column":187}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"each").call(alias1,lookupProperty(depth0,"cells"),{"name":"each","hash":{},"fn":container.program(4, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":6,"column":187},"end":{"line":6,"column":347}}})) != null ? stack1 : "")
    + "</tr>\n";
},"2":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<th scope=\"row\" role=\"rowheader\" class=\""
    + alias3(alias2(alias1(depth0, "class", {"start":{"line":6,"column":103},"end":{"line":6,"column":108}} ), depth0))
    + "\"><bdi>"
    + alias3(alias2(alias1(depth0, "text", {"start":{"line":6,"column":119},"end":{"line":6,"column":123}} ), depth0))
    + "</bdi>"
    + ((stack1 = lookupProperty(helpers,"if").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"note"),{"name":"if","hash":{},"fn":container.program(3, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":6,"column":131},"end":{"line":6,"column":173}}})) != null ? stack1 : "")
    + "</th>";
},"3":function(container,depth0,helpers,partials,data) {
    return "<small>"
    + container.escapeExpression(container.lambda(container.strict(depth0, "note", {"start":{"line":6,"column":152},"end":{"line":6,"column":156}} ), depth0))
    + "</small>";
},"4":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<td role=\"cell\" class=\""
    + alias3(alias2(alias1(depth0, "class", {"start":{"line":6,"column":227},"end":{"line":6,"column":232}} ), depth0))
    + "\" data-label=\""
    + alias3(alias2(alias1(depth0, "label", {"start":{"line":6,"column":250},"end":{"line":6,"column":255}} ), depth0))
    + "\"><span><bdi>"
    + alias3(alias2(alias1(depth0, "text", {"start":{"line":6,"column":272},"end":{"line":6,"column":276}} ), depth0))
    + "</bdi>"
    + ((stack1 = lookupProperty(helpers,"if").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"note"),{"name":"if","hash":{},"fn":container.program(3, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":6,"column":284},"end":{"line":6,"column":326}}})) != null ? stack1 : "")
    + "</span></td>";
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=container.strict, alias2=container.lambda, alias3=container.escapeExpression, alias4=depth0 != null ? depth0 : (container.nullContext || {}), lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\""
    + alias3(alias2(alias1(depth0, "caption", {"start":{"line":1,"column":60},"end":{"line":1,"column":67}} ), depth0))
    + "\">\n<table class=\""
    + alias3(alias2(alias1(depth0, "class", {"start":{"line":2,"column":16},"end":{"line":2,"column":21}} ), depth0))
    + "\" role=\"table\">\n<caption>"
    + alias3(alias2(alias1(depth0, "caption", {"start":{"line":3,"column":11},"end":{"line":3,"column":18}} ), depth0))
    + "</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">"
    + ((stack1 = lookupProperty(helpers,"each").call(alias4,lookupProperty(depth0,"columns"),{"name":"each","hash":{},"fn":container.program(0, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":4,"column":38},"end":{"line":4,"column":131}}})) != null ? stack1 : "")
    + "</tr></thead>\n<tbody role=\"rowgroup\">\n"
    + ((stack1 = lookupProperty(helpers,"each").call(alias4,lookupProperty(depth0,"rows"),{"name":"each","hash":{},"fn":container.program(1, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":6,"column":0},"end":{"line":7,"column":9}}})) != null ? stack1 : "")
    + "</tbody>\n</table>\n</div>\n";
},"useData":true},
};
export const style: string = ":root {\n  color-scheme: light dark;\n  --ground: light-dark(#f3f5f7, #0e1318);\n  --card: light-dark(#ffffff, #161d25);\n  --ink: light-dark(#17202a, #e7edf3);\n  --soft: light-dark(#516070, #a3b1bf);\n  --rule: light-dark(#d9e0e7, #2c3845);\n  --wash: light-dark(#eef2f6, #1d2630);\n  --blue: light-dark(#1a5fb4, #84b6ff);\n  --red: light-dark(#b3261e, #ff8f84);\n  --amber: light-dark(#8a5200, #f1bf62);\n  --green: light-dark(#17693a, #7bdc9c);\n  --violet: light-dark(#6a3da3, #c9a9ff);\n  --teal: light-dark(#0b6b74, #6fd3de);\n  --brown: light-dark(#7a4b2a, #dcae8b);\n  --fault: light-dark(#f8e3df, #3a2222);\n  --mono: ui-monospace, \"SF Mono\", \"Cascadia Mono\", Menlo, Consolas, \"DejaVu Sans Mono\", monospace;\n}\n:root[data-theme=\"light\"] {\n  color-scheme: light;\n}\n:root[data-theme=\"dark\"] {\n  color-scheme: dark;\n}\n* {\n  box-sizing: border-box;\n}\nhtml {\n  scroll-behavior: smooth;\n  scroll-padding-top: 3.2rem;\n}\nbody {\n  margin: 0;\n  background: var(--ground);\n  color: var(--ink);\n  font:\n    16px / 1.5 system-ui,\n    -apple-system,\n    \"Segoe UI\",\n    Roboto,\n    \"Helvetica Neue\",\n    \"DejaVu Sans\",\n    sans-serif;\n  overflow-wrap: anywhere;\n}\n.top,\nmain,\nfooter {\n  max-width: 1160px;\n  margin: 0 auto;\n  padding: 0 24px;\n}\n.top {\n  padding-top: 28px;\n  position: relative;\n}\nmain:focus {\n  outline: none;\n}\na {\n  color: var(--blue);\n}\n:focus-visible {\n  outline: 3px solid var(--blue);\n  outline-offset: 2px;\n  border-radius: 4px;\n}\n.skip {\n  position: absolute;\n  left: -999rem;\n}\n.skip:focus {\n  left: 12px;\n  top: 12px;\n  padding: 8px 14px;\n  background: var(--card);\n  z-index: 9;\n}\n.brand {\n  margin: 0;\n  color: var(--soft);\n  font-size: 0.85rem;\n  letter-spacing: 0.02em;\n}\n.brand-name {\n  font-weight: 700;\n  color: var(--ink);\n}\nh1 {\n  margin: 2px 0 4px;\n  font-size: 1.7rem;\n  line-height: 1.25;\n  letter-spacing: -0.01em;\n  text-wrap: pretty;\n}\n.about {\n  margin: 0 0 18px;\n  color: var(--soft);\n  font-size: 0.92rem;\n}\n.theme {\n  position: absolute;\n  right: 24px;\n  top: 24px;\n  font: inherit;\n  font-size: 0.82rem;\n  color: var(--soft);\n  background: var(--card);\n  border: 1px solid var(--rule);\n  border-radius: 999px;\n  padding: 4px 14px;\n  cursor: pointer;\n}\nh2 {\n  font-size: 1.28rem;\n  margin: 0 0 10px;\n  letter-spacing: -0.005em;\n  line-height: 1.3;\n}\nh3 {\n  font-size: 1.04rem;\n  margin: 26px 0 10px;\n}\nsmall {\n  display: block;\n  color: var(--soft);\n  font-size: 0.8rem;\n  line-height: 1.4;\n}\np {\n  margin: 0 0 12px;\n}\nul,\nol {\n  margin: 0 0 12px;\n  padding-left: 24px;\n}\n/* the verdict */\n.banner {\n  display: grid;\n  grid-template-columns: 132px 1fr;\n  gap: 4px 26px;\n  align-items: center;\n  margin: 0 0 14px;\n  background: var(--card);\n  border: 1px solid var(--rule);\n  border-left: 10px solid var(--tone);\n  border-radius: 14px;\n  padding: 22px 26px;\n}\n.state {\n  text-align: center;\n  color: var(--tone);\n}\n.icon {\n  width: 72px;\n  height: 72px;\n}\n.icon circle,\n.icon path {\n  fill: none;\n  stroke: currentColor;\n  stroke-width: 4;\n  stroke-linecap: round;\n  stroke-linejoin: round;\n}\n.icon circle {\n  stroke-width: 3;\n}\n.state-word {\n  margin: 2px 0 0;\n  font-weight: 700;\n  font-size: 1.05rem;\n}\n.banner h2 {\n  font-size: 1.5rem;\n  margin: 0 0 6px;\n  text-wrap: pretty;\n}\n.banner .said p {\n  margin: 0 0 6px;\n  max-width: 52rem;\n}\n.reasons {\n  margin: 4px 0 0;\n  padding-left: 20px;\n}\n.reasons li::marker {\n  content: \"✗  \";\n  color: var(--tone);\n}\n.state-correct {\n  --tone: var(--green);\n}\n.state-wrong {\n  --tone: var(--red);\n}\n.state-no-answer {\n  --tone: var(--amber);\n}\n.state-agent-error {\n  --tone: var(--violet);\n}\n.state-invalid {\n  --tone: var(--soft);\n}\n.state-invalid {\n  border-left-style: double;\n}\n.state-found-incident {\n  --tone: var(--red);\n}\n.state-found-suspected {\n  --tone: var(--amber);\n}\n.state-found-normal {\n  --tone: var(--blue);\n}\n.state-found-crashed {\n  --tone: var(--violet);\n}\n.state-found-unknown,\n.state-found-nothing-said,\n.state-found-nothing-received {\n  --tone: var(--soft);\n}\n.tiles,\n.facts {\n  display: grid;\n  grid-template-columns: repeat(auto-fit, minmax(170px, 1fr));\n  gap: 1px;\n  margin: 14px 0 0;\n}\n.tiles {\n  grid-column: 1 / -1;\n}\n.tiles,\n.facts {\n  border-top: 1px solid var(--rule);\n  padding-top: 6px;\n}\n.tiles > div,\n.facts > div {\n  padding: 6px 16px 6px 0;\n}\ndt {\n  color: var(--soft);\n  font-size: 0.82rem;\n}\ndd {\n  margin: 0;\n  font-weight: 650;\n  font-size: 1.12rem;\n  line-height: 1.35;\n  font-variant-numeric: tabular-nums;\n}\ndd small {\n  font-weight: 400;\n}\n.facts {\n  margin: 4px 0 16px;\n}\n.facts dd {\n  font-size: 1rem;\n  font-weight: 600;\n}\n.facts.small dd {\n  font-size: 0.86rem;\n  font-weight: 400;\n  font-family: var(--mono);\n}\n\n.contents {\n  position: sticky;\n  top: 0;\n  z-index: 5;\n  background: var(--ground);\n  border-bottom: 1px solid var(--rule);\n  margin: 0 0 20px;\n}\n.contents ul {\n  display: flex;\n  flex-wrap: wrap;\n  gap: 2px;\n  list-style: none;\n  margin: 0;\n  padding: 6px 0;\n  scrollbar-width: thin;\n}\n.contents a {\n  display: block;\n  white-space: nowrap;\n  padding: 5px 8px;\n  border-radius: 999px;\n  color: var(--soft);\n  text-decoration: none;\n  font-size: 0.84rem;\n}\n.contents a:hover {\n  background: var(--wash);\n  color: var(--ink);\n}\n\n.part {\n  background: var(--card);\n  border: 1px solid var(--rule);\n  border-radius: 14px;\n  padding: 22px 26px 14px;\n  margin: 0 0 18px;\n}\n.lead {\n  max-width: 56rem;\n}\n.lead,\n.prose {\n  max-width: 60rem;\n}\n.quiet {\n  color: var(--soft);\n}\n.good {\n  color: var(--green);\n  font-weight: 600;\n}\np.bad {\n  color: var(--red);\n  font-weight: 600;\n}\n.list-title {\n  margin: 0 0 2px;\n  font-weight: 600;\n  font-size: 0.92rem;\n}\n/* tables */\n.scroll {\n  overflow-x: auto;\n  margin: 0 0 16px;\n}\ntable {\n  border-collapse: collapse;\n  width: 100%;\n  font-size: 0.89rem;\n}\ncaption {\n  text-align: left;\n  font-weight: 600;\n  padding: 6px 0 6px;\n  font-size: 0.92rem;\n}\nth,\ntd {\n  text-align: left;\n  vertical-align: top;\n  padding: 7px 14px 7px 0;\n  border-top: 1px solid var(--rule);\n  overflow-wrap: break-word;\n}\nthead th {\n  color: var(--soft);\n  font-weight: 500;\n  font-size: 0.8rem;\n  border-top: 0;\n  vertical-align: bottom;\n  padding-top: 2px;\n}\ntbody th {\n  font-weight: 600;\n}\nth.number,\ntd.number {\n  text-align: right;\n  font-variant-numeric: tabular-nums;\n  white-space: nowrap;\n}\nthead th.number {\n  white-space: normal;\n}\nth small,\ntd small {\n  font-weight: 400;\n}\ntr.bad th {\n  color: var(--red);\n}\n.wide-cell {\n  min-width: 16rem;\n}\n.trace {\n  font-family: var(--mono);\n  font-size: 0.72rem;\n  color: var(--soft);\n  min-width: 8.5rem;\n  overflow-wrap: anywhere;\n}\n.query {\n  font-family: var(--mono);\n  font-size: 0.76rem;\n  color: var(--soft);\n  min-width: 15rem;\n}\n.measured-not-applicable,\n.measured-missing {\n  color: var(--soft);\n  font-style: italic;\n}\n.measured-censored {\n  color: var(--amber);\n}\n.short bdi {\n  white-space: nowrap;\n}\n/* drawings */\nfigure {\n  margin: 0 0 18px;\n}\nfigcaption {\n  color: var(--soft);\n  font-size: 0.84rem;\n}\n.chart {\n  display: block;\n  width: 100%;\n  height: auto;\n}\n.narrow {\n  display: none;\n}\n.chart text {\n  font-size: 12px;\n  fill: var(--ink);\n  font-family: inherit;\n}\n.chart .tick {\n  fill: var(--soft);\n  font-size: 11px;\n  font-variant-numeric: tabular-nums;\n}\n.chart .panel-title {\n  font-weight: 600;\n  font-size: 13px;\n}\n.axis {\n  stroke: var(--soft);\n  stroke-width: 1;\n}\n.gridline {\n  stroke: var(--rule);\n  stroke-width: 1;\n}\n.line {\n  fill: none;\n  stroke-width: 1.8;\n  stroke-linejoin: round;\n  stroke-linecap: round;\n}\n.line-all {\n  stroke: var(--ink);\n  stroke-width: 2.6;\n}\n.line-1 {\n  stroke: var(--blue);\n}\n.line-2 {\n  stroke: var(--red);\n  stroke-dasharray: 7 3;\n}\n.line-3 {\n  stroke: var(--teal);\n  stroke-dasharray: 1.5 3.5;\n  stroke-width: 2.4;\n}\n.line-4 {\n  stroke: var(--violet);\n  stroke-dasharray: 9 3 2 3;\n}\n.line-5 {\n  stroke: var(--amber);\n  stroke-dasharray: 4 2;\n}\n.line-6 {\n  stroke: var(--brown);\n  stroke-dasharray: 12 4;\n}\n.small-chart .line-2,\n.small-chart .line-3 {\n  stroke-dasharray: none;\n  stroke-width: 1.8;\n}\n.line-achieved {\n  stroke: var(--green);\n  stroke-dasharray: 4 4;\n  stroke-width: 2;\n}\n.line-dashed {\n  stroke: var(--soft);\n  stroke-dasharray: 4 3;\n}\n.line-limit {\n  stroke: var(--ink);\n  stroke-dasharray: 6 4;\n  stroke-width: 1.2;\n}\n.fault {\n  fill: var(--fault);\n  stroke: var(--red);\n  stroke-opacity: 0.5;\n  stroke-dasharray: 3 3;\n  stroke-width: 1;\n}\n.pole {\n  stroke-width: 1;\n}\n.pole-drill {\n  stroke: var(--red);\n  stroke-dasharray: 2 3;\n}\n.pole-users {\n  stroke: var(--amber);\n  stroke-dasharray: 5 3;\n}\n.pole-agent {\n  stroke: var(--blue);\n}\n.chart .flag,\n.chart .bar-text,\n.chart .panel-title {\n  paint-order: stroke;\n  stroke: var(--card);\n  stroke-width: 3.5px;\n  stroke-linejoin: round;\n}\n.chart .flag {\n  font-size: 11.5px;\n  font-weight: 600;\n}\n.chart .flag-drill {\n  fill: var(--red);\n}\n.chart .flag-users {\n  fill: var(--amber);\n}\n.chart .flag-agent {\n  fill: var(--blue);\n}\n.legend {\n  display: flex;\n  flex-wrap: wrap;\n  gap: 4px 20px;\n  list-style: none;\n  margin: 6px 0 8px;\n  padding: 0;\n  font-size: 0.84rem;\n}\n.key {\n  width: 30px;\n  height: 10px;\n  vertical-align: middle;\n}\n.grid {\n  display: grid;\n  grid-template-columns: repeat(auto-fill, minmax(min(290px, 100%), 1fr));\n  gap: 14px 26px;\n  margin: 0 0 18px;\n}\n.small-chart {\n  margin: 0;\n  display: flex;\n  flex-direction: column;\n  justify-content: flex-end;\n}\n.chart .pin {\n  font-size: 9px;\n}\n.small-chart figcaption {\n  color: var(--ink);\n  font-weight: 600;\n  font-size: 0.84rem;\n  display: flex;\n  justify-content: space-between;\n  gap: 10px;\n}\n.reading {\n  color: var(--soft);\n  font-weight: 400;\n  white-space: nowrap;\n}\n.lane {\n  font-weight: 600;\n}\n.lane-ground {\n  fill: var(--wash);\n}\n.bar {\n  stroke: var(--card);\n  stroke-width: 1;\n}\n.phase-warm-up {\n  fill: var(--rule);\n}\n.phase-steady {\n  fill: light-dark(#cfe3d6, #24402f);\n}\n.phase-watch {\n  fill: light-dark(#f3dcae, #4b3a17);\n}\n.phase-recovery {\n  fill: light-dark(#cfdff3, #213a57);\n}\n.bar.load {\n  fill: light-dark(#dde5ed, #2c3947);\n}\n.bar.load-high {\n  fill: light-dark(#b4c6d8, #48607a);\n}\n.bar.injected {\n  fill: light-dark(#eeb6ae, #7a2f28);\n}\n.bar.hurt {\n  fill: light-dark(#f2cd8d, #6a4a12);\n}\n.bar.alarmed {\n  fill: light-dark(#b9d2f2, #224d82);\n}\n.chart .bar-text {\n  fill: var(--ink);\n  font-size: 11.5px;\n  stroke-width: 2.5px;\n}\n.meter {\n  display: inline-flex;\n  align-items: center;\n  gap: 8px;\n  font-size: 0.84rem;\n  white-space: nowrap;\n}\n.meter svg {\n  width: 90px;\n  height: 9px;\n  border-radius: 5px;\n  flex: none;\n}\n.meter-ground {\n  fill: var(--rule);\n}\n.meter-bar {\n  fill: var(--blue);\n}\n/* the map */\n.edge {\n  fill: none;\n  stroke: var(--soft);\n  stroke-width: 1.6;\n}\n.edge-users {\n  stroke: var(--rule);\n  stroke-width: 2;\n}\n.edge-async {\n  stroke-dasharray: 5 4;\n}\n.edge-true {\n  stroke: var(--red);\n  stroke-width: 4;\n}\n.edge-named {\n  stroke-dasharray: 9 5;\n  stroke: var(--blue);\n}\n.tip {\n  fill: var(--soft);\n}\n.chart.map {\n  width: auto;\n  max-width: 100%;\n  margin: 8px auto 14px;\n}\n.edge-worse {\n  stroke: var(--amber);\n  stroke-width: 3.2;\n}\n.edge-ground {\n  fill: var(--card);\n  fill-opacity: 0.92;\n}\n.map .edge-text {\n  font-size: 11px;\n}\n.map .strong {\n  font-weight: 700;\n}\n.box {\n  fill: var(--wash);\n  stroke: var(--soft);\n  stroke-width: 1.3;\n}\n.node-virtual .box {\n  stroke-dasharray: 4 3;\n}\n.health-healthy .box {\n  stroke: var(--green);\n}\n.health-degraded .box {\n  stroke: var(--amber);\n  stroke-width: 2;\n}\n.health-failing .box {\n  stroke: var(--red);\n  stroke-width: 2;\n}\n.node-true .box {\n  stroke: var(--red);\n  stroke-width: 4;\n  fill: var(--fault);\n}\n.ring {\n  fill: none;\n  stroke: var(--blue);\n  stroke-width: 2;\n  stroke-dasharray: 6 4;\n}\n.map .node-name {\n  font-weight: 700;\n  font-size: 12.5px;\n}\n.map .node-tight .node-name {\n  font-size: 11px;\n}\n.map .node-state {\n  font-size: 11.5px;\n  fill: var(--soft);\n}\n.health-healthy .node-state {\n  fill: var(--green);\n}\n.health-degraded .node-state {\n  fill: var(--amber);\n}\n.health-failing .node-state {\n  fill: var(--red);\n}\n.map .node-tags {\n  font-size: 11.5px;\n  font-weight: 600;\n}\n.users-node rect {\n  fill: var(--card);\n  stroke: var(--soft);\n  stroke-width: 1.3;\n}\n.node:focus-visible,\n.link:focus-visible {\n  outline-offset: 3px;\n}\n/* cards */\n.cards {\n  display: grid;\n  gap: 14px;\n  margin: 0 0 16px;\n}\n.card {\n  border: 1px solid var(--rule);\n  border-left: 5px solid var(--rule);\n  border-radius: 10px;\n  padding: 14px 18px 4px;\n  min-width: 0;\n}\n.card.named {\n  border-left-color: var(--blue);\n}\n.card.considered {\n  border-left-style: dashed;\n}\n.sides {\n  display: grid;\n  grid-template-columns: 1fr 1fr;\n  gap: 16px;\n  margin: 0 0 14px;\n}\n.side {\n  border-top: 4px solid var(--tone);\n  background: var(--wash);\n  border-radius: 4px 4px 10px 10px;\n  padding: 12px 18px 8px;\n  min-width: 0;\n}\n.side.done {\n  --tone: var(--red);\n}\n.side.told {\n  --tone: var(--blue);\n}\n.side h3 {\n  margin: 0 0 6px;\n}\n.side dl {\n  margin: 0;\n}\n.side dl > div {\n  padding: 6px 0;\n}\n.side dd {\n  font-size: 1rem;\n  font-weight: 600;\n}\n.card-head {\n  display: flex;\n  flex-wrap: wrap;\n  justify-content: space-between;\n  align-items: baseline;\n  gap: 4px 18px;\n}\n.card h3 {\n  margin: 0 0 4px;\n}\n.badge {\n  display: inline-block;\n  min-width: 1.6em;\n  text-align: center;\n  border-radius: 999px;\n  background: var(--wash);\n  border: 1px solid var(--rule);\n  font-size: 0.86em;\n  padding: 0 0.4em;\n  margin-right: 4px;\n}\ndetails {\n  border-top: 1px solid var(--rule);\n  padding: 8px 0;\n}\nsummary {\n  cursor: pointer;\n  font-weight: 600;\n  font-size: 0.92rem;\n  padding: 2px 0;\n}\n.folded {\n  padding: 6px 0 0 18px;\n}\n.code {\n  background: var(--wash);\n  border-radius: 8px;\n  padding: 12px 14px;\n  overflow-x: auto;\n  font: 0.8rem / 1.5 var(--mono);\n  white-space: pre-wrap;\n}\nfooter {\n  padding-top: 8px;\n  padding-bottom: 48px;\n  color: var(--soft);\n}\nfooter h2 {\n  font-size: 1rem;\n  color: var(--ink);\n}\n@media screen and (max-width: 720px) {\n  .top,\n  main,\n  footer {\n    padding-left: 12px;\n    padding-right: 12px;\n  }\n  .top {\n    padding-top: 18px;\n  }\n  .theme {\n    position: static;\n    margin-bottom: 12px;\n  }\n  .about {\n    margin-bottom: 10px;\n  }\n  h1 {\n    font-size: 1.35rem;\n  }\n  .banner {\n    grid-template-columns: 1fr;\n    padding: 16px;\n    gap: 8px;\n  }\n  .state {\n    display: flex;\n    align-items: center;\n    gap: 12px;\n  }\n  .icon {\n    width: 44px;\n    height: 44px;\n  }\n  .banner h2 {\n    font-size: 1.2rem;\n  }\n  .tiles,\n  .facts {\n    grid-template-columns: repeat(auto-fit, minmax(130px, 1fr));\n  }\n  .part {\n    padding: 16px 14px 8px;\n    border-radius: 10px;\n  }\n  .wide {\n    display: none;\n  }\n  .narrow {\n    display: block;\n    overflow-x: auto;\n  }\n  .narrow .chart.map {\n    max-width: none;\n  }\n  .narrow .chart.map.small {\n    max-width: 100%;\n  }\n  .folded {\n    padding-left: 4px;\n  }\n  .sides {\n    grid-template-columns: 1fr;\n  }\n  .meter {\n    flex-wrap: wrap;\n    white-space: normal;\n  }\n  .contents {\n    position: static;\n  }\n  .stack,\n  .stack tbody,\n  .stack caption {\n    display: block;\n  }\n  .stack thead {\n    position: absolute;\n    clip-path: inset(50%);\n    width: 1px;\n    height: 1px;\n    overflow: hidden;\n  }\n  .stack tr {\n    border-top: 1px solid var(--rule);\n    padding: 7px 0;\n  }\n  .stack th,\n  .stack td {\n    border: 0;\n    padding: 1px 0;\n    min-width: 0;\n    white-space: normal;\n  }\n  .stack tr {\n    display: grid;\n    grid-template-columns: 1fr 1fr;\n    column-gap: 14px;\n  }\n  .stack tbody th,\n  .stack td {\n    grid-column: 1 / -1;\n  }\n  .stack td {\n    display: grid;\n    grid-template-columns: 6.5rem minmax(0, 1fr);\n    overflow-wrap: anywhere;\n    gap: 10px;\n    text-align: left;\n  }\n  .stack td.number {\n    grid-column: auto;\n    display: block;\n    text-align: left;\n    white-space: normal;\n  }\n  .stack td.number::before {\n    display: block;\n  }\n  .stack td::before {\n    content: attr(data-label);\n    color: var(--soft);\n    font:\n      0.8rem / 1.6 system-ui,\n      sans-serif;\n  }\n  .stack td.empty {\n    display: none;\n  }\n}\n@media print {\n  :root,\n  :root[data-theme] {\n    color-scheme: light;\n  }\n  body {\n    background: #fff;\n    font-size: 11pt;\n  }\n  .contents,\n  .theme,\n  .skip {\n    display: none;\n  }\n  .part {\n    border-color: #bbb;\n    break-inside: auto;\n  }\n  h2,\n  h3,\n  caption {\n    break-after: avoid;\n  }\n  tr,\n  .card-head,\n  .small-chart,\n  .drawing {\n    break-inside: avoid;\n  }\n  .scroll {\n    overflow: visible;\n  }\n  main,\n  .top,\n  footer {\n    max-width: none;\n    padding: 0;\n  }\n}\n@media (prefers-reduced-motion: reduce) {\n  html {\n    scroll-behavior: auto;\n  }\n}\n";
export const script: string = "// Dark or light by hand; without this script the page follows the system.\n(() => {\n  const button = document.getElementById(\"theme\");\n  const root = document.documentElement;\n  const dark = () =>\n    root.dataset.theme === \"dark\" || (!root.dataset.theme && matchMedia(\"(prefers-color-scheme: dark)\").matches);\n  const tell = () => {\n    button.textContent = dark() ? \"Light\" : \"Dark\";\n    button.setAttribute(\"aria-label\", dark() ? \"Use light colours\" : \"Use dark colours\");\n  };\n  button.hidden = false;\n  button.addEventListener(\"click\", () => {\n    root.dataset.theme = dark() ? \"light\" : \"dark\";\n    tell();\n  });\n  tell();\n  // A fold cannot be opened on paper.\n  addEventListener(\"beforeprint\", () => {\n    for (const fold of document.querySelectorAll(\"details\")) fold.open = true;\n  });\n})();\n";
