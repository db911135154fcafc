//! The wire contract: names, numbers and types of every field, and what reflection shows.

use std::collections::BTreeSet;

use guiyi::service::ServiceOptions;
use guiyi::service::proto::FILE_DESCRIPTOR_SET;
use guiyi::store::memory::MemoryStore;
use prost::Message;
use prost_types::field_descriptor_proto::{Label, Type};
use prost_types::{DescriptorProto, EnumDescriptorProto, FieldDescriptorProto, FileDescriptorSet};
use tonic::Code;
use tonic_reflection::pb::v1::server_reflection_client::ServerReflectionClient;
use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;
use tonic_reflection::pb::v1::server_reflection_response::MessageResponse;
use tonic_reflection::pb::v1::{ServerReflectionRequest, ServerReflectionResponse};

use super::server::TestServer;
use crate::support::fixture;

/// One line a field (`message.field = number type`), enum value (`enum.VALUE = number`) and method, sorted.
fn contract() -> String {
    let set = FileDescriptorSet::decode(FILE_DESCRIPTOR_SET).unwrap();
    let mut lines = BTreeSet::new();
    for file in set.file.iter().filter(|file| file.package() == "guiyi.v1") {
        file.message_type.iter().for_each(|message| message_lines("", message, &mut lines));
        file.enum_type.iter().for_each(|entry| enum_lines("", entry, &mut lines));
        for service in &file.service {
            for method in &service.method {
                let stream = |yes: bool| if yes { "stream " } else { "" };
                let (input, output) = (short(method.input_type()), short(method.output_type()));
                let (client, server) = (stream(method.client_streaming()), stream(method.server_streaming()));
                lines.insert(format!(
                    "{}.{}({client}{input}) returns ({server}{output})",
                    service.name(),
                    method.name()
                ));
            }
        }
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

fn message_lines(outer: &str, message: &DescriptorProto, lines: &mut BTreeSet<String>) {
    // Maps are messages of their own on the wire; the field says what they hold.
    let name = format!("{outer}{}", message.name());
    for field in &message.field {
        lines.insert(format!("{name}.{} = {} {}", field.name(), field.number(), field_type(field)));
    }
    message.nested_type.iter().for_each(|nested| message_lines(&format!("{name}."), nested, lines));
    message.enum_type.iter().for_each(|nested| enum_lines(&format!("{name}."), nested, lines));
}

fn enum_lines(outer: &str, entry: &EnumDescriptorProto, lines: &mut BTreeSet<String>) {
    for value in &entry.value {
        lines.insert(format!("{outer}{}.{} = {}", entry.name(), value.name(), value.number()));
    }
}

fn field_type(field: &FieldDescriptorProto) -> String {
    let plain = match field.r#type() {
        Type::Message | Type::Enum => short(field.type_name()).to_owned(),
        other => other.as_str_name().trim_start_matches("TYPE_").to_lowercase(),
    };
    if field.label() == Label::Repeated { format!("repeated {plain}") } else { plain }
}

fn short(name: &str) -> &str {
    name.trim_start_matches(".guiyi.v1.").trim_start_matches('.')
}

#[test]
fn names_and_numbers_are_a_contract() {
    let path = fixture("proto/guiyi_v1.txt");
    let actual = contract();
    if std::env::var_os("GUIYI_UPDATE_FIXTURES").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &actual).unwrap();
    }
    let expected = std::fs::read_to_string(&path).expect("GUIYI_UPDATE_FIXTURES=1 writes the file");
    let (actual, expected): (BTreeSet<_>, BTreeSet<_>) = (actual.lines().collect(), expected.lines().collect());
    let gone: Vec<_> = expected.difference(&actual).collect();
    let new: Vec<_> = actual.difference(&expected).collect();
    assert!(gone.is_empty(), "clients depend on these lines, which are gone or changed: {gone:#?}");
    assert!(new.is_empty(), "write these additions to the fixture with GUIYI_UPDATE_FIXTURES=1: {new:#?}");
}

async fn services(server: &TestServer) -> Result<Vec<String>, tonic::Status> {
    let request = ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::ListServices(String::new())),
    };
    let mut client = ServerReflectionClient::new(server.channel.clone());
    let mut answers = client.server_reflection_info(tokio_stream::once(request)).await?.into_inner();
    let answer: ServerReflectionResponse = answers.message().await?.expect("an answer");
    match answer.message_response {
        Some(MessageResponse::ListServicesResponse(list)) => {
            Ok(list.service.into_iter().map(|entry| entry.name).collect())
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn reflection_lists_the_services_unless_it_is_switched_off() {
    let server = TestServer::start().await;
    let listed = services(&server).await.unwrap();
    for name in ["QualityService", "RecordService", "ProfileService", "ReviewService"] {
        assert!(listed.contains(&format!("guiyi.v1.{name}")), "{listed:?}");
    }
    assert!(listed.iter().any(|name| name == "grpc.health.v1.Health"), "{listed:?}");
    let options = ServiceOptions { reflection: false, ..ServiceOptions::default() };
    let server = TestServer::start_with(std::sync::Arc::new(MemoryStore::default()), options).await;
    assert_eq!(services(&server).await.unwrap_err().code(), Code::Unimplemented);
}
