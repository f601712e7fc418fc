//! What each piece of markup becomes.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeBlock, NodeElement, NodeName};
use syn::spanned::Spanned;
use syn::{Block, Error, Expr, Result, Stmt};

/// Several pieces: a view of all of them; one is itself.
pub(crate) fn all(nodes: &[Node]) -> Result<TokenStream> {
    let views = nodes.iter().filter_map(|node| view(node).transpose()).collect::<Result<Vec<_>>>()?;
    Ok(match views.as_slice() {
        [only] => only.clone(),
        _ => quote! { crate::view::View::many(::std::vec![#(#views),*]) },
    })
}

/// One piece; `None` for a comment.
fn view(node: &Node) -> Result<Option<TokenStream>> {
    match node {
        Node::Element(piece) if is_component(piece.name()) => component(piece).map(Some),
        Node::Element(piece) => element(piece).map(Some),
        Node::Fragment(fragment) => all(&fragment.children).map(Some),
        Node::Block(NodeBlock::ValidBlock(block)) => Ok(Some(child(&inside(block)))),
        Node::Block(NodeBlock::Invalid(block)) => Err(Error::new(block.span(), "not an expression")),
        Node::Text(text) => Ok(Some(child(&text.value))),
        Node::Comment(_) => Ok(None),
        Node::RawText(_) | Node::Doctype(_) | Node::Custom(_) => Err(Error::new(node.span(), "text stands in quotes")),
    }
}

/// One piece inside an element, which takes a text as it is.
fn within(node: &Node) -> Result<Option<TokenStream>> {
    if let Node::Text(text) = node { Ok(Some(text.value.to_token_stream())) } else { view(node) }
}

fn child(value: &impl ToTokens) -> TokenStream {
    quote_spanned! { value.span() => crate::view::Child::into_view(#value) }
}

/// What stands in braces, without them where it is one expression.
fn inside(block: &Block) -> TokenStream {
    match block.stmts.as_slice() {
        [Stmt::Expr(only, None)] => only.to_token_stream(),
        _ => block.to_token_stream(),
    }
}

/// Components begin with a capital, with or without the module they are in.
fn is_component(name: &NodeName) -> bool {
    let NodeName::Path(path) = name else { return false };
    path.path.segments.last().is_some_and(|last| last.ident.to_string().starts_with(char::is_uppercase))
}

fn element(piece: &NodeElement<rstml::Infallible>) -> Result<TokenStream> {
    let tag = piece.name().to_string();
    let attributes = piece.attributes().iter().map(|attribute| keyed(attribute).and_then(attach)).collect::<Result<Vec<_>>>()?;
    let children = piece.children().iter().filter_map(|child| within(child).transpose()).collect::<Result<Vec<_>>>()?;
    Ok(quote_spanned! { piece.name().span() => crate::view::el(#tag) #(#attributes)* #(.child(#children))* .done() })
}

/// An attribute, a property, a class, a style, a listener or the reference of an element.
fn attach(attribute: &KeyedAttribute) -> Result<TokenStream> {
    let key = attribute.key.to_string();
    let value = value(attribute);
    Ok(match key.split_once(':') {
        Some(("on", event)) => {
            let event = format_ident!("{event}", span = attribute.key.span());
            quote! { .on(&crate::view::ev::#event(), #value) }
        }
        Some(("prop", name)) => quote! { .prop(#name, #value) },
        Some(("class", name)) => quote! { .class(#name, #value) },
        Some(("style", name)) => quote! { .style(#name, #value) },
        Some(_) => return Err(Error::new(attribute.key.span(), "before the colon stands on, prop, class or style")),
        None if key == "node_ref" => quote! { .node_ref(#value) },
        None => quote! { .attr(#key, #value) },
    })
}

/// A component with its properties, as the framework builds it.
fn component(piece: &NodeElement<rstml::Infallible>) -> Result<TokenStream> {
    let name = piece.name();
    let properties = piece.attributes().iter().map(|attribute| {
        let attribute = keyed(attribute)?;
        let (key, value) = (&attribute.key, value(attribute));
        Ok(quote! { .#key(#value) })
    });
    let properties = properties.collect::<Result<Vec<_>>>()?;
    let children = (!piece.children().is_empty()).then(|| all(piece.children())).transpose()?;
    let children = children.map(|inside| quote! { .children(crate::view::ToChildren::to_children(move || #inside)) });
    Ok(quote_spanned! { name.span() =>
        crate::view::Child::into_view(::leptos::component::component_view(
            #name,
            ::leptos::component::component_props_builder(&#name) #(#properties)* #children .build(),
        ))
    })
}

fn keyed(attribute: &NodeAttribute) -> Result<&KeyedAttribute> {
    match attribute {
        NodeAttribute::Attribute(attribute) => Ok(attribute),
        NodeAttribute::Block(block) => Err(Error::new(block.span(), "an attribute has a name")),
    }
}

/// What an attribute is set to: without a value it is there, and that is all.
fn value(attribute: &KeyedAttribute) -> TokenStream {
    match attribute.value() {
        None => quote! { true },
        Some(Expr::Block(block)) => inside(&block.block),
        Some(value) => value.to_token_stream(),
    }
}
