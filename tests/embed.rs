//! The service of `examples/embed.rs`, asked over a real socket.
#![cfg(all(feature = "html", feature = "serde"))]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// The service in a process of its own, at a port that the system chose.
struct Service {
    process: Child,
    place: String,
}

impl Service {
    fn start() -> Self {
        let test = std::env::current_exe().unwrap();
        let target = test.parent().and_then(Path::parent).unwrap();
        let program = target.join("examples").join("embed").with_extension(std::env::consts::EXE_EXTENSION);
        let mut process = Command::new(program).arg("127.0.0.1:0").stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let place = line.trim().strip_prefix("listening on http://").expect(&line).to_owned();
        Self { process, place }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.place).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream
    }

    /// Status and body of the answer.
    fn post(&self, kind: &str, body: &[u8]) -> (u16, Value) {
        let mut stream = self.connect();
        let head = format!(
            "POST /facts HTTP/1.1\r\nHost: test\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        // A body that is too long is refused before all of it was read.
        let _ = stream.write_all(body);
        answer(stream)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn answer(mut stream: TcpStream) -> (u16, Value) {
    let mut bytes = Vec::new();
    // The other side may close a connection of which it did not read everything.
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}"));
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap_or(Value::Null))
}

#[test]
fn an_article_goes_in_and_its_facts_come_out() {
    let service = Service::start();
    let text = "Huyện họp\n\nSáng 12/5/2017, 49 cuộc đối thoại được tổ chức theo Nghị quyết số 02-NQ/TU.\n";
    let (status, answer) = service.post("text/plain; charset=utf-8", text.as_bytes());
    assert_eq!(status, 200);
    let facts: Vec<(&str, &str)> = answer["facts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fact| (fact["type"].as_str().unwrap(), fact["text"].as_str().unwrap()))
        .collect();
    assert!(facts.contains(&("document", "Nghị quyết số 02-NQ/TU")), "{facts:?}");
    assert!(facts.contains(&("indicator", "49 cuộc đối thoại")), "{facts:?}");

    let title = "Huyện Yên Hòa đối thoại với người dân";
    let paragraph = text.lines().last().unwrap();
    let page = format!(
        "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{paragraph}</p></article></body></html>"
    );
    let (status, answer) = service.post("text/html; charset=utf-8", page.as_bytes());
    assert_eq!((status, answer["title"].as_str()), (200, Some(title)), "{answer}");

    let (status, answer) = service.post("application/json", br#"{"id":"a","text":"Ng\u00e0y 12/5/2017."}"#);
    assert_eq!((status, answer["facts"][0]["value"].as_str()), (200, Some("2017-05-12")), "{answer}");
}

#[test]
fn what_is_no_article_or_too_long_is_refused() {
    let service = Service::start();
    let (status, answer) = service.post("application/json", b"{");
    assert_eq!(status, 422);
    assert!(!answer["error"].as_str().unwrap().is_empty(), "{answer}");
    let (status, answer) = service.post("text/plain", &vec![b'a'; (2 << 20) + 1]);
    assert_eq!(status, 413);
    // Who was still sending may not hear the answer.
    assert!(answer["error"].as_str().is_none_or(|error| error.contains("2097152 bytes: send")), "{answer}");
    let (status, _) = service.post("text/plain", &vec![b'a'; 2 << 20]);
    assert_eq!(status, 200, "as long as it may be");
}

#[test]
fn who_sends_too_slowly_is_told_after_some_seconds() {
    let service = Service::start();
    let mut slow = service.connect();
    slow.write_all(b"POST /facts HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\nonly this").unwrap();
    let started = Instant::now();
    let mut line = String::new();
    BufReader::new(slow).read_line(&mut line).unwrap();
    assert!(line.starts_with("HTTP/1.1 408"), "{line}");
    assert!(started.elapsed() >= Duration::from_secs(9), "{:?}", started.elapsed());
}

#[cfg(unix)]
#[test]
fn told_to_stop_it_answers_what_has_begun() {
    let mut service = Service::start();
    let mut begun = service.connect();
    begun
        .write_all(b"POST /facts HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Length: 15\r\n\r\nNg")
        .unwrap();
    std::thread::sleep(Duration::from_millis(300));
    let stopped = Command::new("kill").arg(service.process.id().to_string()).status().unwrap();
    assert!(stopped.success());
    std::thread::sleep(Duration::from_millis(300));
    assert!(TcpStream::connect(&service.place).is_err(), "nobody new is let in");
    begun.write_all(b"ay 12/5/2017.").unwrap();
    let (status, answer) = answer(begun);
    assert_eq!((status, answer["facts"][0]["value"].as_str()), (200, Some("2017-05-12")), "{answer}");
    assert!(service.process.wait().unwrap().success());
}
