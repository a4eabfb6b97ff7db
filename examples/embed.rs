//! A small service: an article comes in over HTTP, its facts go out as JSON.
//!
//! ```text
//! cargo run --release --example embed -- 127.0.0.1:8080
//! curl --data-binary @article.txt http://127.0.0.1:8080/facts
//! curl --data-binary @page.html -H 'Content-Type: text/html' http://127.0.0.1:8080/facts
//! ```
//!
//! The analyzer is made once and shared by all requests. Analysis takes the processor and nothing else, so it runs on the
//! threads for blocking work, as many at a time as there are cores; its time is in proportion to the text, so the limit
//! on the body is a limit on the time.
//!
//! | answer | when |
//! |---|---|
//! | 200 | `title`, `published`, `text` and `facts`; `start` and `end` of a fact are bytes of this `text`, in UTF-8 |
//! | 408 | the request was not read and answered within 10 seconds |
//! | 413 | the body has more than 2 MiB |
//! | 422 | the body is no article; `error` says why and what to do |
//!
//! Ctrl-C or SIGTERM ends the service: nobody new is let in, and what has begun is answered. Who is let in at all, and how
//! many at a time, is for the proxy before it to say.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use thoisu::extract::Record;
use thoisu::{Analyzer, Article, Error};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_http::timeout::TimeoutLayer;

/// The longest article of the press has some 100 KB; pages have more around it.
const MAX_BODY: usize = 2 << 20;
/// From the head of a request to its answer, the body read on the way.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Clone)]
struct Service {
    analyzer: Analyzer,
    /// One for each core: more articles at a time would only make each wait longer.
    cores: Arc<Semaphore>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let place = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    if place.starts_with('-') {
        println!(
            "Answers POST /facts with the facts of the article in the body, as its Content-Type says: text/plain,"
        );
        println!(
            "text/html or application/json. A body has at most {MAX_BODY} bytes, an answer takes at most {PATIENCE:?}."
        );
        println!("GET /health answers ok.\n\nUsage: embed [ADDRESS]\n");
        println!("Example:\n  cargo run --release --example embed -- 127.0.0.1:8080");
        println!("  curl --data-binary @article.txt -H 'Content-Type: text/plain' http://127.0.0.1:8080/facts");
        return ExitCode::SUCCESS;
    }
    match serve(&place).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: cannot serve: {error} ({place}): name a free address such as 127.0.0.1:8080");
            ExitCode::from(2)
        }
    }
}

async fn serve(place: &str) -> std::io::Result<()> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let service = Service { analyzer: Analyzer::new(), cores: Arc::new(Semaphore::new(cores)) };
    let listener = TcpListener::bind(place).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, router(service)).with_graceful_shutdown(told_to_stop()).await
}

fn router(service: Service) -> Router {
    Router::new()
        .route("/facts", post(facts))
        .route("/health", get(|| async { "ok\n" }))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, PATIENCE))
        .with_state(service)
}

/// Ends at Ctrl-C or SIGTERM; requests that have begun are answered first.
async fn told_to_stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            // Nobody can interrupt this process, so nobody does.
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let ended = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let ended = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = ended => {}
    }
}

async fn facts(
    State(service): State<Service>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let body = body.map_err(|refused| match refused.status() {
        status @ StatusCode::PAYLOAD_TOO_LARGE => {
            let what = format!("the body has more than {MAX_BODY} bytes: send the article without what is around it");
            Problem { status, what }
        }
        status => Problem { status, what: refused.body_text() },
    })?;
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    let busy = |_| Problem { status: StatusCode::SERVICE_UNAVAILABLE, what: "the service is stopping".to_owned() };
    let core = service.cores.acquire_owned().await.map_err(busy)?;
    let work = move || {
        let answer = analyse(&service.analyzer, &kind, &body);
        drop(core);
        answer
    };
    let failed = |_| Problem { status: StatusCode::INTERNAL_SERVER_ERROR, what: "the analysis failed".to_owned() };
    let answer = tokio::task::spawn_blocking(work).await.map_err(failed)??;
    Ok(([(CONTENT_TYPE, "application/json")], format!("{answer}\n")).into_response())
}

fn analyse(analyzer: &Analyzer, kind: &str, body: &[u8]) -> Result<Value, Error> {
    let article = match kind.split(';').next().unwrap_or_default().trim() {
        "text/html" | "application/xhtml+xml" => Article::from_html(body, None)?,
        "application/json" => Article::from_json(&String::from_utf8_lossy(body))?,
        _ => Article::from_bytes(body)?,
    };
    let facts = analyzer.facts(&analyzer.document(&article));
    let mut answer = json!(Record::new(&article, &facts));
    // Places are bytes of this text, which is not that of the request where the body was a page.
    answer["text"] = json!(article.text);
    Ok(answer)
}

/// What goes wrong is said to the one who asked.
struct Problem {
    status: StatusCode,
    what: String,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, what: error.to_string() }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = json!({ "error": self.what });
        (self.status, [(CONTENT_TYPE, "application/json")], format!("{body}\n")).into_response()
    }
}
