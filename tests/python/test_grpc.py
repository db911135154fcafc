"""A Python client against the real server: python test_grpc.py GUIYI_PROGRAM PROJECT_FOLDER

Stubs are generated from proto/ at run time. Plain asserts; exit code 0 or 1. Needs grpcio, grpcio-tools, protobuf.
"""

import csv
import datetime
import itertools
import pathlib
import signal
import subprocess
import sys
import tempfile

import grpc
from grpc_tools import protoc

ROWS = 200
DETAILS = "grpc-status-details-bin"


def generate_stubs(proto, folder):
    files = [str(path) for path in sorted((proto / "guiyi/v1").glob("*.proto"))] + [str(proto / "google/rpc/status.proto")]
    # google/protobuf/*.proto come with grpcio-tools.
    well_known = pathlib.Path(protoc.__file__).parent / "_proto"
    code = protoc.main(["protoc", f"-I{proto}", f"-I{well_known}", f"--python_out={folder}", f"--grpc_python_out={folder}", *files])
    assert code == 0, f"protoc ended with {code}"
    sys.path.insert(0, str(folder))
    # The generated google/rpc must be found beside the installed google/protobuf.
    import google

    google.__path__ = [*google.__path__, str(pathlib.Path(folder) / "google")]


def start(program, data_dir):
    command = [program, "serve", "--listen", "127.0.0.1:0", "--data-dir", data_dir]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    line = server.stdout.readline()
    assert line.startswith("guiyi ready on "), f"no ready line but {line!r}"
    return server, line.split()[3]


def records(common, path):
    kinds = common.AttributeKind
    # Column: kind, label, country; as in sources/sample.toml.
    columns = {
        "name": (kinds.ATTRIBUTE_KIND_PERSON_NAME, "", ""),
        "gender": (kinds.ATTRIBUTE_KIND_GENDER, "", ""),
        "birth_date": (kinds.ATTRIBUTE_KIND_BIRTH_DATE, "", "CN"),
        "phone": (kinds.ATTRIBUTE_KIND_PHONE, "mobile", "CN"),
        "email": (kinds.ATTRIBUTE_KIND_EMAIL, "", ""),
        "id_number": (kinds.ATTRIBUTE_KIND_ID_DOCUMENT, "", ""),
        "address": (kinds.ATTRIBUTE_KIND_ADDRESS, "", "CN"),
        "company": (kinds.ATTRIBUTE_KIND_COMPANY, "", "CN"),
        "wechat_unionid": (kinds.ATTRIBUTE_KIND_SOCIAL_ID, "wechat_unionid", ""),
    }
    with open(path, newline="", encoding="utf-8-sig") as file:
        for row in itertools.islice(csv.DictReader(file), ROWS):
            record = common.Record(source=row["source"], record_id=row["record_id"])
            if row["updated_at"]:
                time = datetime.datetime.fromisoformat(row["updated_at"]).replace(tzinfo=datetime.timezone.utc)
                record.observed_time.FromDatetime(time)
            for column, (kind, label, country) in columns.items():
                if row[column]:
                    record.attributes.add(kind=kind, label=label, country=country, raw=row[column])
            yield record


def refused(call, request, code, reason):
    """Asserts code, domain and reason of an error."""
    from google.rpc import status_pb2

    try:
        call(request)
    except grpc.RpcError as error:
        assert error.code() == code, error
        raw = dict(error.trailing_metadata())[DETAILS]
        details = {any.type_url: any.value for any in status_pb2.Status.FromString(raw).details}
        info = details["type.googleapis.com/google.rpc.ErrorInfo"]
        # ErrorInfo: reason is field 1, domain field 2.
        text = lambda tag, value: bytes([tag, len(value)]) + value.encode()
        assert info.startswith(text(0x0A, reason) + text(0x12, "guiyi")), info
        return
    raise AssertionError(f"{request} was not refused")


def every_profile(profiles, messages):
    token = ""
    while True:
        page = profiles.ListProfiles(messages.ListProfilesRequest(page_size=50, page_token=token))
        yield from page.profiles
        token = page.next_page_token
        if not token:
            return


def check(channel, customers):
    from guiyi.v1 import common_pb2 as common
    from guiyi.v1 import profile_service_pb2 as profile_messages
    from guiyi.v1 import profile_service_pb2_grpc as profile_grpc
    from guiyi.v1 import record_service_pb2 as record_messages
    from guiyi.v1 import record_service_pb2_grpc as record_grpc

    service = record_grpc.RecordServiceStub(channel)
    profiles = profile_grpc.ProfileServiceStub(channel)
    sent = list(records(common, customers))
    assert len(sent) == ROWS, f"{customers} holds {len(sent)} rows"
    upserts = [record_messages.UpsertRecordRequest(record=record, request_id=f"row-{i}") for i, record in enumerate(sent)]
    stream = (record_messages.StreamUpsertRecordsRequest(request=upsert) for upsert in upserts[: ROWS // 2])
    results = [answer.result for answer in service.StreamUpsertRecords(stream)]
    results += service.BatchUpsertRecords(record_messages.BatchUpsertRecordsRequest(requests=upserts[ROWS // 2 :])).results
    answered = [result.response.record.record_id for result in results]
    assert answered == [record.record_id for record in sent], "one answer for each record, in order"
    assert all(result.response.resolution.profile for result in results)

    found = list(every_profile(profiles, profile_messages))
    names = [name for profile in found for name in profile.records]
    assert sorted(names) == sorted(result.response.record.name for result in results), "every record is in one profile"
    merged = [profile for profile in found if len(profile.records) > 1]
    assert merged, "the sample holds duplicates"
    left, right = merged[0].records[:2]
    request = profile_messages.ExplainMatchRequest(left_record=left, right_record=right)
    explained = profiles.ExplainMatch(request)
    assert explained.decision == profile_messages.ExplainMatchResponse.DECISION_MATCH, explained
    total = explained.prior_bits + sum(step.match_weight_bits for step in explained.steps) + explained.relation_bits
    assert abs(total - explained.match_weight_bits) < 1e-6, explained
    assert all(step.description.zh_cn and step.description.en for step in explained.steps)

    name = results[0].response.record.name
    assert service.GetRecord(record_messages.GetRecordRequest(name=name)) is not None
    missing = record_messages.GetRecordRequest(name="sources/crm/records/nobody")
    refused(service.GetRecord, missing, grpc.StatusCode.NOT_FOUND, "NOT_FOUND")
    stale = common.Record()
    stale.CopyFrom(sent[0])
    stale.etag = '"999"'
    stale = record_messages.UpsertRecordRequest(record=stale)
    refused(service.UpsertRecord, stale, grpc.StatusCode.ABORTED, "ETAG_MISMATCH")
    sent[0].attributes[0].kind = 0
    wrong = record_messages.UpsertRecordRequest(record=sent[0])
    refused(service.UpsertRecord, wrong, grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD")


def main(program, project):
    project = pathlib.Path(project)
    with tempfile.TemporaryDirectory() as folder:
        stubs = pathlib.Path(folder) / "stubs"
        stubs.mkdir()
        generate_stubs(project / "proto", stubs)
        server, address = start(program, str(pathlib.Path(folder) / "data"))
        try:
            with grpc.insecure_channel(address) as channel:
                check(channel, project / "fixtures/sample/customers.csv")
            server.send_signal(signal.SIGTERM)
            assert server.wait(timeout=30) == 0, "a server that is asked to end ends well"
        finally:
            server.kill()
            server.wait()
    print("ok")


if __name__ == "__main__":
    main(*sys.argv[1:3])
